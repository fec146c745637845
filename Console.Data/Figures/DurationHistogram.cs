namespace OpsConsole.Data.Figures;

/// <summary>
/// Counts durations in buckets that grow by an eleventh, eight to each doubling, from a millisecond to 24 days. Histograms add up without
/// loss, and a percentile of the sum is off by 9 % of itself at most.
/// </summary>
public sealed class DurationHistogram
{
    /// <summary>What a percentile may be off, as a share of itself.</summary>
    public const double Error = 0.09;

    private const int PerOctave = 8;
    private const int Octaves = 31;
    private const int Buckets = 1 + (PerOctave * Octaves);
    private const int Growth = 16;
    private long[] _counts = [];

    public long Count { get; private set; }

    public void Add(double milliseconds, long times = 1) => AddAt(IndexOf(milliseconds), times);

    public void AddAll(DurationHistogram other)
    {
        Grow(other._counts.Length);
        for (var i = 0; i < other._counts.Length; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
    }

    /// <summary>The duration that this share of all stayed under, or null when nothing was counted.</summary>
    public TimeSpan? Quantile(double share)
    {
        if (Count == 0)
            return null;
        var rank = Math.Max(1, share * Count);
        long below = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] == 0 || (below += _counts[i]) < rank)
                continue;
            var into = 1 - ((below - rank) / _counts[i]);
            return TimeSpan.FromMilliseconds(LowerBound(i) + (into * (LowerBound(i + 1) - LowerBound(i))));
        }
        return TimeSpan.FromMilliseconds(LowerBound(Buckets));
    }

    /// <summary>How many stayed under this; what lies in the bucket around it is shared out evenly.</summary>
    public double CountUnder(double milliseconds)
    {
        var at = IndexOf(milliseconds);
        double under = 0;
        for (var i = 0; i < Math.Min(at, _counts.Length); i++)
            under += _counts[i];
        if (at < _counts.Length)
            under += _counts[at] * Math.Clamp((milliseconds - LowerBound(at)) / (LowerBound(at + 1) - LowerBound(at)), 0, 1);
        return under;
    }

    /// <summary>The buckets in use: how many to go on (one byte), how often (seven bits a byte, the lowest first). Empty when nothing was counted.</summary>
    public byte[] ToBytes()
    {
        Span<byte> bytes = stackalloc byte[Buckets * 11];
        int length = 0, last = -1;
        for (var i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] == 0)
                continue;
            bytes[length++] = (byte)(i - last);
            last = i;
            var count = (ulong)_counts[i];
            for (; count >= 0x80; count >>= 7)
                bytes[length++] = (byte)(count | 0x80);
            bytes[length++] = (byte)count;
        }
        return bytes[..length].ToArray();
    }

    /// <summary>Adds what <see cref="ToBytes"/> made.</summary>
    public void AddBytes(ReadOnlySpan<byte> bytes)
    {
        var index = -1;
        for (var at = 0; at < bytes.Length;)
        {
            index += bytes[at++];
            ulong count = 0;
            var shift = 0;
            for (; at < bytes.Length && bytes[at] >= 0x80; shift += 7)
                count |= (ulong)(bytes[at++] & 0x7F) << shift;
            if (at == bytes.Length || index >= Buckets)
                throw new FormatException("A stored histogram is damaged: it ends in the middle of a number or names a bucket that there is none of.");
            AddAt(index, (long)(count | ((ulong)bytes[at++] << shift)));
        }
    }

    private void AddAt(int index, long times)
    {
        Grow(index + 1);
        _counts[index] += times;
        Count += times;
    }

    private void Grow(int length)
    {
        if (_counts.Length < length)
            Array.Resize(ref _counts, Math.Min(Buckets, length + Growth));
    }

    private static int IndexOf(double milliseconds) =>
        milliseconds < 1 ? 0 : Math.Min(Buckets - 1, 1 + (int)(Math.Log2(milliseconds) * PerOctave));

    private static double LowerBound(int index) => index == 0 ? 0 : Math.Pow(2, (index - 1) / (double)PerOctave);
}
