namespace OpsConsole.Bench.Circuits;

/// <summary>Cuts what comes into messages: the answer to the greeting, which ends with a record separator, and then messages with their length in front.</summary>
internal sealed class FrameBuffer
{
    private const byte RecordEnd = 0x1E;
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
    public bool Next(out ReadOnlyMemory<byte> frame)
    {
        frame = default;
        if (!_isGreeted && !Greet())
            return false;
        var (at, length, shift) = (_start, 0, 0);
        while (at < _end)
        {
            var part = _bytes[at++];
            length |= (part & 0x7F) << shift;
            shift += 7;
            if (part > 0x7F)
                continue;
            if (_end - at < length)
                return false;
            frame = _bytes.AsMemory(at, length);
            _start = at + length;
            return true;
        }
        return false;
    }

    private bool Greet()
    {
        var end = _bytes.AsSpan(_start, _end - _start).IndexOf(RecordEnd);
        if (end < 0)
            return false;
        _start += end + 1;
        return _isGreeted = true;
    }
}
