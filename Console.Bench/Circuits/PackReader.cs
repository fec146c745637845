using System.Buffers.Binary;
using System.Text;

namespace OpsConsole.Bench.Circuits;

/// <summary>
/// Reads what a circuit sends: the few kinds of MessagePack that Blazor's hub protocol uses. What is none of them, or ends too early, is a
/// <see cref="FormatException"/>.
/// </summary>
internal ref struct PackReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public int Array() => Take() switch
    {
        var tag and >= 0x90 and <= 0x9F => tag & 0x0F,
        0xDC => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        var tag => throw new FormatException($"An array was expected, not 0x{tag:X2}."),
    };

    public string? Text()
    {
        var tag = Take();
        if (tag == 0xC0)
            return null;
        return Encoding.UTF8.GetString(Take(tag switch
        {
            >= 0xA0 and <= 0xBF => (uint)(tag & 0x1F),
            0xD9 => Take(),
            0xDA => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xDB => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            _ => throw new FormatException($"A text was expected, not 0x{tag:X2}."),
        }));
    }

    public ReadOnlySpan<byte> Bytes() => Take(Take() switch
    {
        0xC4 => Take(),
        0xC5 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xC6 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        var tag => throw new FormatException($"Bytes were expected, not 0x{tag:X2}."),
    });

    public long Number() => Take() switch
    {
        var tag and <= 0x7F => tag,
        var tag and >= 0xE0 => (sbyte)tag,
        0xCC => Take(),
        0xCD => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xCE => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        0xCF when _rest is [> 0x7F, ..] => throw new FormatException("A number came that is too large."),
        0xCF or 0xD3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
        0xD0 => (sbyte)Take(),
        0xD1 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
        0xD2 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        var tag => throw new FormatException($"A number was expected, not 0x{tag:X2}."),
    };

    /// <summary>Headers, which Blazor leaves empty.</summary>
    public void NoHeaders()
    {
        if (Take() != 0x80)
            throw new FormatException("A message with headers came.");
    }

    private byte Take() => Take(1)[0];

    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > _rest.Length)
            throw new FormatException($"A message ends {count - _rest.Length} bytes too early.");
        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }
}
