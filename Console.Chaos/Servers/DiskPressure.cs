namespace OpsConsole.Chaos.Servers;

/// <summary>Writes to the disk without pause and insists that it is written, so that others wait for it.</summary>
internal sealed class DiskPressure : IAsyncDisposable
{
    private const int FileBytes = 32 * 1024 * 1024;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _work;
    private readonly string _path;

    public DiskPressure(string folder)
    {
        _path = Path.Combine(folder, "pressure-" + Guid.NewGuid().ToString("N"));
        _work = Task.Run(PressAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        _end.Dispose();
        File.Delete(_path);
    }

    private async Task PressAsync()
    {
        var bytes = new byte[1024 * 1024];
        Random.Shared.NextBytes(bytes);
        await using var file = new FileStream(_path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        while (!_end.IsCancellationRequested)
        {
            if (file.Position >= FileBytes)
                file.Position = 0;
            await file.WriteAsync(bytes, CancellationToken.None);
            file.Flush(flushToDisk: true);
        }
    }
}
