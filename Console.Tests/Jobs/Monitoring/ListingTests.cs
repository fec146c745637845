using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Jobs.Support;

namespace OpsConsole.Tests.Jobs.Monitoring;

public sealed class ListingTests : IAsyncLifetime
{
    private readonly JobsSpace _jobs = new();

    private static CancellationToken Cancel => JobsSpace.Cancel;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    private async Task<IEnumerable<string>> StatesAsync(JobListQuery query) =>
        (await _jobs.Inspector.ListJobsAsync(query, Cancel)).Jobs.Select(job => job.State.ToString()).Distinct().Order();

    [Fact]
    public async Task Several_states_are_listed_together()
    {
        await _jobs.LoadAsync("rich-180");
        Assert.Equal(["Failed", "Succeeded"], await StatesAsync(new JobListQuery { States = [JobState.Failed, JobState.Succeeded] }));
        Assert.Equal(["Scheduled"], await StatesAsync(new JobListQuery { States = [JobState.Scheduled, JobState.Quarantined] }));
    }

    [Fact]
    public async Task Ended_jobs_are_left_out_when_they_ended_before()
    {
        await _jobs.LoadAsync("rich-180");
        var all = await StatesAsync(new JobListQuery { Limit = 500 });
        var open = await StatesAsync(new JobListQuery { Limit = 500, EndedSince = DateTimeOffset.MaxValue });
        Assert.Contains("Succeeded", all);
        Assert.Equal(all.Except(["Succeeded", "Failed", "Deleted"]), open);
    }

    [Fact]
    public async Task A_scan_ends_at_its_limit_and_goes_on_from_there()
    {
        for (var i = 0; i < 5; i++) await _jobs.EnqueueAsync(new EnqueueOptions { Id = $"job-{i}" });
        var query = new JobListQuery { State = JobState.Enqueued, Where = job => job.Id == "job-4", MostScanned = 3 };

        var first = await _jobs.Inspector.ListJobsAsync(query, Cancel);
        var second = await _jobs.Inspector.ListJobsAsync(query with { After = first.Next }, Cancel);

        Assert.Equal((0, 3, true), (first.Jobs.Count, first.Scanned, first.ScanStopped));
        Assert.Equal("job-4", Assert.Single(second.Jobs).Id);
    }
}
