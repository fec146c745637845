using OpsConsole.Bench;

namespace OpsConsole.Chaos.Mix;

/// <summary>A console that something like systemd starts again whenever it has ended.</summary>
internal sealed class MixConsole : IAsyncDisposable
{
    private readonly ConsoleSettings _settings;
    private ConsoleProcess? _console;

    private MixConsole(ConsoleSettings settings, ConsoleProcess console) => (_settings, _console) = (settings, console);

    public static async Task<MixConsole> StartAsync(ConsoleSettings settings) => new(settings, await ConsoleProcess.StartAsync(settings));

    public async Task KillAsync()
    {
        await DisposeAsync();
        await StartAgainAsync();
    }

    public async Task FreezeAsync(TimeSpan time)
    {
        await _console!.FreezeAsync();
        await Task.Delay(time);
        await _console.ThawAsync();
    }

    /// <summary>Ends it for good; once more is once too often, and does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_console is not null)
            await _console.DisposeAsync();
        _console = null;
    }

    // It may be started while Redis or PostgreSQL is away, and may give up for it.
    private async Task StartAgainAsync()
    {
        while (true)
        {
            _console = ConsoleProcess.Launch(_settings);
            try
            {
                await _console.ReadyAsync();
                return;
            }
            catch (InvalidOperationException)
            {
                await DisposeAsync();
            }
        }
    }
}
