using System.Buffers;

namespace OpsConsole.Data.Failures;

/// <summary>Counts by hour or day for as many of them as it has places; older ones fall out. UTC.</summary>
public sealed class CountRing
{
    private readonly TimeSpan _unit;
    private readonly int[] _counts;
    /// <summary>Number of the newest place since 1970.</summary>
    private long _newest;

    private CountRing(TimeSpan unit, int places) => (_unit, _counts) = (unit, new int[places]);

    public static CountRing Hours() => new(TimeSpan.FromHours(1), GroupLimits.Hours);

    public static CountRing Days() => new(TimeSpan.FromDays(1), GroupLimits.Days);

    /// <summary>What is older than the oldest place is left out; what is newer than the newest moves the places on.</summary>
    public void Add(DateTimeOffset at, int count = 1)
    {
        var place = PlaceOf(at);
        MoveTo(place);
        if (place > _newest - _counts.Length)
            _counts[IndexOf(place)] += count;
    }

    /// <summary>The last places up to and with that of a moment, oldest first.</summary>
    public int[] Until(DateTimeOffset now, int places)
    {
        var result = new int[places];
        var last = PlaceOf(now);
        for (var i = 0; i < places; i++)
        {
            var place = last - places + 1 + i;
            if (place <= _newest && place > _newest - _counts.Length)
                result[i] = _counts[IndexOf(place)];
        }
        return result;
    }

    /// <summary>As it is stored.</summary>
    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>(_counts.Length + 16);
        WriteNumber(buffer, (ulong)_newest);
        for (var place = _newest - _counts.Length + 1; place <= _newest; place++)
            WriteNumber(buffer, (ulong)_counts[IndexOf(place)]);
        return buffer.WrittenSpan.ToArray();
    }

    public static CountRing ReadHours(byte[] bytes) => Hours().Fill(bytes);

    public static CountRing ReadDays(byte[] bytes) => Days().Fill(bytes);

    private CountRing Fill(ReadOnlySpan<byte> bytes)
    {
        _newest = (long)ReadNumber(ref bytes);
        for (var place = _newest - _counts.Length + 1; place <= _newest && bytes.Length > 0; place++)
            _counts[IndexOf(place)] = (int)ReadNumber(ref bytes);
        return this;
    }

    private void MoveTo(long place)
    {
        if (place - _newest >= _counts.Length)
            Array.Clear(_counts);
        else
            for (var next = _newest + 1; next <= place; next++)
                _counts[IndexOf(next)] = 0;
        _newest = Math.Max(_newest, place);
    }

    private long PlaceOf(DateTimeOffset at) => (long)Math.Floor((at - DateTimeOffset.UnixEpoch) / _unit);

    private int IndexOf(long place) => (int)(((place % _counts.Length) + _counts.Length) % _counts.Length);

    private static void WriteNumber(ArrayBufferWriter<byte> buffer, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Append(buffer, (byte)(value | 0x80));
        Append(buffer, (byte)value);
    }

    private static void Append(ArrayBufferWriter<byte> buffer, byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }

    private static ulong ReadNumber(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; bytes.Length > 0; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) break;
        }
        return value;
    }
}
