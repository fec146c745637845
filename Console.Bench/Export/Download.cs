using System.Diagnostics;

namespace OpsConsole.Bench.Export;

/// <summary>The file of a search, read as it comes and thrown away.</summary>
internal sealed class Download(HttpClient http, string search)
{
    private long _lines;

    /// <summary>Rows that have come, without the heading.</summary>
    public long Rows => Math.Max(0, Interlocked.Read(ref _lines) - 1);

    public double Seconds { get; private set; }

    public double FirstByteSeconds { get; private set; }

    /// <param name="most">Goes away after so many rows.</param>
    public async Task RunAsync(long most = long.MaxValue)
    {
        var since = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(new Uri("/jobs/export?q=" + Uri.EscapeDataString(search), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        var piece = new byte[64 * 1024];
        int read;
        while (Rows < most && (read = await body.ReadAsync(piece)) > 0)
        {
            if (FirstByteSeconds == 0) FirstByteSeconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
            // The seed has no line breaks within cells.
            Interlocked.Add(ref _lines, piece.AsSpan(0, read).Count((byte)'\n'));
        }
        Seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
    }
}
