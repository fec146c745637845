using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace OpsConsole.Bench.Pages;

/// <summary>Counts what a client asks for on one connection.</summary>
internal interface IWireCount
{
    /// <summary>Takes what the client sends, cut as it comes.</summary>
    /// <returns>How many commands ended in it.</returns>
    int Take(ReadOnlySpan<byte> bytes);
}

/// <summary>Counts nothing: for wires of which only the bytes matter.</summary>
internal sealed class NoCount : IWireCount
{
    public int Take(ReadOnlySpan<byte> bytes) => 0;
}

/// <summary>Cuts a stream into commands and keeps what is not whole yet.</summary>
internal abstract class WholeCommands : IWireCount
{
    private byte[] _kept = [];

    public int Take(ReadOnlySpan<byte> bytes)
    {
        byte[] all = [.. _kept, .. bytes];
        var (at, commands) = (0, 0);
        while (Cut(all.AsSpan(at), out var counts) is var length and > 0)
        {
            at += length;
            commands += counts ? 1 : 0;
        }
        _kept = all[at..];
        return commands;
    }

    /// <returns>Length of the first one, or 0 when it is not whole.</returns>
    protected abstract int Cut(ReadOnlySpan<byte> bytes, out bool counts);
}

/// <summary>Statements that a client of PostgreSQL has run, without those that only frame others.</summary>
internal sealed class PostgresCount : WholeCommands
{
    private const int FirstRequest = 196_608;
    private static readonly string[] Frames = ["BEGIN", "COMMIT", "ROLLBACK", "DISCARD"];
    private bool _hasStarted;

    protected override int Cut(ReadOnlySpan<byte> bytes, out bool counts)
    {
        counts = false;
        // Before the first request messages have no kind.
        var head = _hasStarted ? 1 : 0;
        if (bytes.Length < head + 4)
            return 0;
        var length = head + BinaryPrimitives.ReadInt32BigEndian(bytes[head..]);
        if (bytes.Length < length)
            return 0;
        if (_hasStarted)
            counts = bytes[0] == 'E' || (bytes[0] == 'Q' && !IsFrame(bytes[5..length]));
        else
            _hasStarted = BinaryPrimitives.ReadInt32BigEndian(bytes[4..]) == FirstRequest;
        return length;
    }

    private static bool IsFrame(ReadOnlySpan<byte> statement)
    {
        var text = Encoding.UTF8.GetString(statement);
        return Array.Exists(Frames, word => text.StartsWith(word, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>Commands that a client of Redis has sent.</summary>
internal sealed class RedisCount : WholeCommands
{
    protected override int Cut(ReadOnlySpan<byte> bytes, out bool counts)
    {
        counts = true;
        var at = 0;
        if (!Number(bytes, ref at, out var parts))
            return 0;
        for (var part = 0; part < parts; part++)
        {
            if (!Number(bytes, ref at, out var length) || bytes.Length < at + length + 2)
                return 0;
            at += length + 2;
        }
        return at;
    }

    private static bool Number(ReadOnlySpan<byte> bytes, ref int at, out int number)
    {
        number = 0;
        var end = at < bytes.Length ? bytes[at..].IndexOf((byte)'\n') : -1;
        if (end < 0)
            return false;
        if (!Utf8Parser.TryParse(bytes[(at + 1)..(at + end)], out number, out _))
            throw new FormatException("A command of Redis came that is not written as an array.");
        at += end + 1;
        return true;
    }
}
