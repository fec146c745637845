using Microsoft.Extensions.Options;
using OpsConsole.Samples.Reports.Health;

namespace OpsConsole.Tests.Samples;

public sealed class HealthJobsTests : IDisposable
{
    private readonly SampleFolder _sample = new();
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _sample.Dispose();

    [Fact]
    public async Task Healthy_host_returns_its_figures_and_leaves_no_probe()
    {
        var figures = await Jobs().CheckAsync(_sample.Job, Cancellation);
        Assert.Equal(3, figures.RedisPingMilliseconds);
        Assert.True(figures is { FreeDiskBytes: > 0, FreeDiskPercent: > 0 and <= 100, WorkingSetBytes: > 0, Threads: > 0 });
        Assert.Empty(Directory.EnumerateFiles(_sample.Data.Root));
    }

    [Fact]
    public async Task Nearly_full_disk_fails_the_check()
    {
        _sample.Reports.MinFreeDiskMegabytes = int.MaxValue;
        var failure = await Assert.ThrowsAsync<IOException>(() => Jobs().CheckAsync(_sample.Job, Cancellation));
        Assert.Contains("Run reports.clean or make room", failure.Message, StringComparison.Ordinal);
    }

    private HealthJobs Jobs() => new(_sample.Data, new ThreeMilliseconds(), Options.Create(_sample.Reports), TimeProvider.System);

    private sealed class ThreeMilliseconds : IRedisPing
    {
        public Task<TimeSpan> PingAsync(CancellationToken cancellation) => Task.FromResult(TimeSpan.FromMilliseconds(3));
    }
}
