using System.Globalization;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Times as stored: Unix milliseconds, or ISO-8601 at Hangfire's compatibility level 110.</summary>
internal static class StoredTime
{
    private static readonly long LatestMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Null when the text is no time.</summary>
    public static DateTimeOffset? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms))
            return OfMs(ms);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
    }

    /// <summary>Null outside the calendar.</summary>
    public static DateTimeOffset? OfMs(long ms) => ms >= 0 && ms <= LatestMs ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    public static DateTimeOffset? OfMs(double ms) => ms >= 0 && ms <= LatestMs ? DateTimeOffset.FromUnixTimeMilliseconds((long)ms) : null;
}
