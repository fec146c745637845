using System.Diagnostics;

namespace OpsConsole.Jobs.Worker;

/// <summary>What a job has said since the last time it was sent: its newest progress and its newest lines.</summary>
internal sealed class JobNews
{
    private const int MaxLines = 1_000;
    private const int MaxText = 8_000;
    private readonly Lock _lock = new();
    private Queue<Line>? _lines;
    private double? _percent;
    private string _text = "";

    internal readonly record struct Line(long At, JobLogLevel Level, string Text)
    {
        public long AgeMilliseconds => (long)Stopwatch.GetElapsedTime(At).TotalMilliseconds;
    }

    internal readonly record struct Batch(double? Percent, string Text, IReadOnlyList<Line> Lines)
    {
        public bool IsEmpty => Percent is null && Lines.Count == 0;
    }

    public void Set(double percent, string? text)
    {
        lock (_lock)
        {
            _percent = percent;
            _text = text is null ? _text : Shortened(text, 500);
        }
    }

    public void Add(string text, JobLogLevel level)
    {
        lock (_lock)
        {
            _lines ??= new Queue<Line>();
            if (_lines.Count == MaxLines)
                _lines.Dequeue();
            _lines.Enqueue(new Line(Stopwatch.GetTimestamp(), level, Shortened(text, MaxText)));
        }
    }

    /// <summary>Takes all that is new.</summary>
    public Batch Take()
    {
        lock (_lock)
        {
            var batch = new Batch(_percent, _text, _lines is { Count: > 0 } ? [.. _lines] : []);
            _percent = null;
            _lines?.Clear();
            return batch;
        }
    }

    private static string Shortened(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}
