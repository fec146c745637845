using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;
using OpsConsole.Web.Metrics;

namespace OpsConsole.Tests.Web.Metrics;

public class GaugeSamplerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_fleet_is_the_sum_of_its_queues_and_as_old_as_the_oldest()
    {
        var samples = GaugeSampler.Samples(new FleetView
        {
            At = Noon,
            Counts = new Dictionary<JobState, long> { [JobState.Processing] = 7 },
            Queues =
            [
                new QueueView { Name = "mail", Depth = 3, Throttled = 2, Running = 1, OldestAt = Noon.AddSeconds(-5) },
                new QueueView { Name = "slow", Depth = 1, Running = 6, OldestAt = Noon.AddSeconds(-60), Consumers = ["a", "b"] },
                new QueueView { Name = "idle", OldestAt = Noon.AddSeconds(3) },
            ],
        });

        Assert.Equal(["", "mail", "slow", "idle"], samples.Select(sample => sample.Queue));
        Assert.Equal([6, 5, 1, 0], samples.Select(sample => sample.Depth));
        Assert.Equal([60_000, 5_000, 60_000, 0], samples.Select(sample => sample.OldestMs));
        Assert.Equal([7, 1, 6, 0], samples.Select(sample => sample.Busy));
        Assert.Equal(2, samples[2].Workers);
    }
}
