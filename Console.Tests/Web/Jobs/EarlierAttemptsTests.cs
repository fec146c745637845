using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.History;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Data;
using OpsConsole.Tests.Data.History;
using OpsConsole.Web.Jobs.Past;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.Web.Jobs;

/// <summary>What the page of a job in Redis adds from the history.</summary>
public sealed class EarlierAttemptsTests : BunitContext, IAsyncLifetime
{
    private HistorySpace _history = null!;

    private DateTimeOffset Now => _history.Now;

    public async ValueTask InitializeAsync()
    {
        _history = await HistorySpace.OpenAsync();
        Services.AddSingleton<TimeProvider>(_history.Data.Time).AddSingleton(new ViewerTime(_history.Data.Time));
        Services.AddSingleton(new JobHistory(_history.Data.Get<AttemptReader>(), new HistoryRetention()));
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await base.DisposeAsync();
        await _history.DisposeAsync();
    }

    [Fact]
    public async Task A_job_that_has_lost_its_states_shows_its_attempts_newest_first_and_as_text()
    {
        await StoreAsync(
            SomeHistory.Attempt(Now.AddHours(-2), outcome: AttemptOutcome.Retrying) with { RunMs = 5_000, ErrorType = "Acme.<b>Odd</b>", ErrorMessage = "<script>alert(1)</script>" },
            SomeHistory.Attempt(Now.AddHours(-1), outcome: AttemptOutcome.Returned) with { Reason = "The host was stopped." });

        var shown = Show();

        await shown.WaitForAssertionAsync(() => Assert.NotEmpty(shown.FindAll("tr")));
        Assert.Equal(["Given back", "Failed, retried"], shown.FindAll("tr").Select(row => row.QuerySelectorAll("td")[1].TextContent.Trim()));
        Assert.Equal(["The host was stopped.", "after 5.0 s, <b>Odd</b>: <script>alert(1)</script>"], shown.FindAll("tr").Select(row => row.QuerySelectorAll("td")[2].TextContent.Trim()));
        Assert.Empty(shown.FindAll("script, td b"));
    }

    [Fact]
    public async Task Of_a_job_with_more_states_than_a_page_is_given_only_attempts_before_them_are_earlier()
    {
        await StoreAsync([.. Enumerable.Range(0, 60).Select(i => SomeHistory.Attempt(Now.AddMinutes(i - 100), outcome: AttemptOutcome.Retrying))]);

        var shown = Show(States(1_000, Now.AddMinutes(-45)));

        await shown.WaitForAssertionAsync(() => Assert.Equal(50, shown.FindAll("tr").Count));
        Assert.Contains("The newest 50 of 55 are shown.", shown.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_whose_states_are_all_there_has_no_earlier_attempts()
    {
        await StoreAsync(SomeHistory.Attempt(Now.AddHours(-2)));

        // It asks nobody, and so has nothing to wait for.
        Assert.Empty(Show(States(3, Now.AddHours(-1))).Markup.Trim());
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_of()
    {
        await using var away = new ServiceCollection().AddDataThatIsAway().BuildServiceProvider();
        Services.AddSingleton(new JobHistory(away.GetRequiredService<AttemptReader>(), new HistoryRetention()));

        var shown = Show();

        await shown.WaitForAssertionAsync(() => Assert.Contains("Earlier attempts cannot be read now", shown.Markup, StringComparison.Ordinal));
    }

    private static StateEntry[] States(int count, DateTimeOffset first) =>
        [.. Enumerable.Range(0, count).Select(i => new StateEntry(JobState.Enqueued, "Enqueued", first.AddSeconds(i), null, new Dictionary<string, string>()))];

    private async Task StoreAsync(params AttemptRow[] rows) => await _history.Store.WriteAsync(await _history.AcquireAsync(), SomeHistory.Batch(rows), HistorySpace.Cancel);

    private IRenderedComponent<EarlierAttempts> Show(params StateEntry[] states)
    {
        var details = new JobDetails { Job = new JobRecord { Id = "job-1", State = JobState.Enqueued, Name = "reports.generate" }, History = states };
        return Render<EarlierAttempts>(p => p.Add(x => x.Details, details));
    }
}
