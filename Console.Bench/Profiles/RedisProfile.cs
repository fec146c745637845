namespace OpsConsole.Bench.Profiles;

/// <summary>What Redis did while processes were followed.</summary>
internal sealed class RedisProfile : IAsyncDisposable
{
    private readonly BenchHost _host;
    private readonly IReadOnlyDictionary<string, CommandSum> _before;
    private readonly double _processorBefore;
    private readonly long _since = TimeProvider.System.GetTimestamp();

    private RedisProfile(BenchHost host, IReadOnlyDictionary<string, CommandSum> before, double processorBefore) =>
        (_host, _before, _processorBefore) = (host, before, processorBefore);

    public double Seconds { get; private set; }

    public double ProcessorSeconds { get; private set; }

    public IReadOnlyList<CommandSum> Commands { get; private set; } = [];

    public static async Task<RedisProfile> StartAsync(BenchSettings settings)
    {
        var host = await BenchHost.StartAsync(settings, BenchHost.NewPrefix());
        return new RedisProfile(host, CommandSums.Read(await host.InfoAsync("commandstats")), await host.RedisProcessorSecondsAsync());
    }

    public async Task StopAsync()
    {
        ProcessorSeconds = await _host.RedisProcessorSecondsAsync() - _processorBefore;
        Seconds = TimeProvider.System.GetElapsedTime(_since).TotalSeconds;
        Commands = CommandSums.Between(_before, CommandSums.Read(await _host.InfoAsync("commandstats")));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
