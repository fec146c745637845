using System.Text;

namespace OpsConsole.Bench.Circuits;

/// <summary>Cuts what comes into messages: the answer to the greeting, which ends with a record separator, and then messages with their length in front.</summary>
internal sealed class FrameBuffer
{
    private const byte RecordEnd = 0x1E;
    private const int MostLengthBytes = 5;

    // Far more than a drawing has, and little enough for a thousand circuits to be wrong about at once.
    private const int LargestMessage = 16 * 1024 * 1024;
    private const int LargestGreeting = 4 * 1024;
    private byte[] _bytes = new byte[16 * 1024];
    private int _start, _end;
    private bool _isGreeted;

    /// <summary>Room for what comes next.</summary>
    public Memory<byte> Space()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_end, _start) = (_end - _start, 0);
        }
        if (_end == _bytes.Length)
            Array.Resize(ref _bytes, _bytes.Length * 2);
        return _bytes.AsMemory(_end);
    }

    public void Add(int count) => _end += count;

    /// <summary>The next whole message; valid until <see cref="Space"/>.</summary>
    /// <exception cref="FormatException">The console speaks another language, or refuses this one.</exception>
    public bool Next(out ReadOnlyMemory<byte> frame)
    {
        frame = default;
        if (!_isGreeted && !Greet())
            return false;
        if (!Length(out var length, out var at) || _end - at < length)
            return false;
        frame = _bytes.AsMemory(at, length);
        _start = at + length;
        return true;
    }

    private bool Length(out int length, out int at)
    {
        (length, at) = (0, _start);
        long whole = 0;
        for (var place = 0; at < _end; place++)
        {
            var part = _bytes[at++];
            whole |= (long)(part & 0x7F) << (7 * place);
            if (place == MostLengthBytes - 1 && part > 0x7F || whole > LargestMessage)
                throw new FormatException($"A message of more than {LargestMessage:N0} bytes is announced.");
            if (part > 0x7F)
                continue;
            length = (int)whole;
            return true;
        }
        return false;
    }

    private bool Greet()
    {
        var come = _bytes.AsSpan(_start, _end - _start);
        var end = come.IndexOf(RecordEnd);
        if (end < 0)
            return come.Length <= LargestGreeting ? false : throw new FormatException("The console does not greet.");
        // An empty object, or one with the reason.
        if (end != 2)
            throw new FormatException($"The console refuses the protocol: {Encoding.UTF8.GetString(come[..end])}");
        _start += end + 1;
        return _isGreeted = true;
    }
}
