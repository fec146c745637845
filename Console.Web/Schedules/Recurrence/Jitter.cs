namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>How much a moment is put off: the same for the same schedule and moment, in every process.</summary>
internal static class Jitter
{
    public static TimeSpan Of(Guid scheduleId, DateTimeOffset nominal, TimeSpan atMost, TimeSpan toNext)
    {
        var choices = Math.Min((ulong)atMost.TotalMilliseconds + 1, (ulong)toNext.TotalMilliseconds);
        Span<byte> id = stackalloc byte[16];
        scheduleId.TryWriteBytes(id);
        var hash = Mix(BitConverter.ToUInt64(id) ^ Mix(BitConverter.ToUInt64(id[8..]) ^ Mix((ulong)nominal.ToUnixTimeMilliseconds())));
        return TimeSpan.FromMilliseconds((long)Math.BigMul(hash, choices, out _));
    }

    /// <summary>Spreads every bit over all others (the finaliser of SplitMix64).</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E37_79B9_7F4A_7C15;
        value = (value ^ value >> 30) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ value >> 27) * 0x94D0_49BB_1331_11EB;
        return value ^ value >> 31;
    }
}
