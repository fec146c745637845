using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace OpsConsole.Bench.Circuits;

/// <summary>Writes a call of a circuit's hub as a browser does.</summary>
internal static class PackWriter
{
    private const byte Invocation = 1;

    public static byte[] Ping { get; } = Framed([0x91, 0x06]);

    /// <param name="id">With one, the hub answers.</param>
    /// <param name="arguments">Texts, numbers, truth values and null.</param>
    public static byte[] Call(string? id, string target, params ReadOnlySpan<object?> arguments)
    {
        var to = new ArrayBufferWriter<byte>(256);
        to.Write((ReadOnlySpan<byte>)[0x96, Invocation, 0x80]);
        Value(to, id);
        Value(to, target);
        to.Write((ReadOnlySpan<byte>)[(byte)(0x90 | arguments.Length)]);
        foreach (var argument in arguments)
            Value(to, argument);
        to.Write((ReadOnlySpan<byte>)[0x90]);
        return Framed(to.WrittenSpan);
    }

    private static void Value(ArrayBufferWriter<byte> to, object? value)
    {
        switch (value)
        {
            case null: to.Write((ReadOnlySpan<byte>)[0xC0]); break;
            case bool truth: to.Write((ReadOnlySpan<byte>)[truth ? (byte)0xC3 : (byte)0xC2]); break;
            case string text: Text(to, text); break;
            default: Number(to, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)); break;
        }
    }

    private static void Text(ArrayBufferWriter<byte> to, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> head = stackalloc byte[5];
        head[0] = 0xDB;
        BinaryPrimitives.WriteUInt32BigEndian(head[1..], (uint)bytes.Length);
        to.Write(head);
        to.Write(bytes);
    }

    private static void Number(ArrayBufferWriter<byte> to, long number)
    {
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = 0xD3;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], number);
        to.Write(bytes);
    }

    /// <summary>Its length in front, seven bits a byte.</summary>
    private static byte[] Framed(ReadOnlySpan<byte> message)
    {
        var bytes = new List<byte>(message.Length + 5);
        for (var left = message.Length; ; left >>= 7)
        {
            bytes.Add((byte)(left > 0x7F ? (left & 0x7F) | 0x80 : left));
            if (left <= 0x7F)
                break;
        }
        return [.. bytes, .. message];
    }
}
