namespace OpsConsole.Chaos.Fleet;

/// <summary>What a worker has said: in a file, and in memory to be searched.</summary>
internal sealed class WorkerLogFile(string path) : IDisposable
{
    private const int MaxLines = 20_000;
    private readonly StreamWriter _file = new(path) { AutoFlush = true };
    private readonly List<string> _lines = [];
    private bool _isClosed;

    public void Write(string? line)
    {
        lock (_lines)
        {
            if (line is null || _isClosed || _lines.Count == MaxLines)
                return;
            _lines.Add(line);
            _file.WriteLine(line);
        }
    }

    public int Count(string text)
    {
        lock (_lines)
            return _lines.Count(line => line.Contains(text, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        lock (_lines)
        {
            _isClosed = true;
            _file.Dispose();
        }
    }
}
