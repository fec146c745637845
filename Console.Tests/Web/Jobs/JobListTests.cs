using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Web.Jobs;
using OpsConsole.Web.Jobs.Search;

namespace OpsConsole.Tests.Web.Jobs;

public sealed class JobListTests : IAsyncLifetime
{
    private readonly JobsSpace _jobs = new();

    private static CancellationToken Cancel => JobsSpace.Cancel;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    private async Task<JobList> ListAsync(int jobs, int limit = 50)
    {
        for (var i = 1; i <= jobs; i++) await _jobs.EnqueueAsync(new EnqueueOptions { Id = $"job-{i}" }, i);
        var list = new JobList(new Waiting(_jobs.Inspector), SearchCursor.Start, limit);
        await list.LoadAsync(Cancel);
        return list;
    }

    [Fact]
    public async Task Free_rows_follow_the_newest()
    {
        var list = await ListAsync(2);
        await _jobs.EnqueueAsync(new EnqueueOptions { Id = "job-3" });
        await list.RefreshAsync(isHeld: false, Cancel);
        Assert.Equal(["job-1", "job-2", "job-3"], list.Rows.Select(row => row.Id));
    }

    [Fact]
    public async Task Held_rows_stay_while_their_facts_change_and_what_is_new_is_counted()
    {
        var list = await ListAsync(2);
        list.Toggle("job-1");
        await _jobs.HoldAsync("job-1");
        await _jobs.EnqueueAsync(new EnqueueOptions { Id = "job-3" });
        await list.RefreshAsync(isHeld: false, Cancel);
        Assert.Equal([("job-1", JobState.Processing), ("job-2", JobState.Enqueued)], list.Rows.Select(row => (row.Id, row.State)));
        Assert.Equal(1, list.New);
        Assert.Equal(JobState.Processing, Assert.Single(list.Selected).State);

        list.Clear();
        await list.LoadAsync(Cancel);
        Assert.Equal(["job-2", "job-3"], list.Rows.Select(row => row.Id));
        Assert.Equal(0, list.New);
    }

    [Fact]
    public async Task All_that_match_can_be_selected_beyond_the_page()
    {
        var list = await ListAsync(7, limit: 3);
        list.ToggleAll();
        Assert.Equal(3, list.Selected.Count);
        await list.SelectMatchingAsync(Cancel);
        Assert.Equal(7, list.Selected.Count);
        list.ToggleAll();
        Assert.Equal(4, list.Selected.Count);
    }

    [Fact]
    public async Task Keys_move_a_cursor_within_the_rows()
    {
        var list = await ListAsync(2);
        Assert.Null(list.Cursor);
        list.Move(1);
        list.Move(1);
        list.Move(1);
        Assert.Equal("job-2", list.AtCursor!.Id);
        list.Move(-5);
        Assert.Equal("job-1", list.AtCursor!.Id);
    }

    /// <summary>The jobs that wait, next to run first.</summary>
    private sealed class Waiting(JobInspector inspector) : IJobRows
    {
        public async Task<SearchPage> PageAsync(SearchCursor from, int limit, CancellationToken cancel)
        {
            var page = await inspector.ListJobsAsync(new JobListQuery { State = JobState.Enqueued, After = from.Live, Limit = limit }, cancel);
            return new SearchPage { Plan = SearchPlan.Of(Queries.Of("state:enqueued")), Rows = [.. page.Jobs.Select(JobRow.Of)], Next = page.Next is { } next ? new(next, null, true) : null };
        }

        public async Task<Dictionary<string, JobRecord>> NowAsync(IEnumerable<string> ids, CancellationToken cancel) =>
            (await inspector.GetJobsAsync([.. ids], cancel)).ToDictionary(job => job.Id);
    }
}
