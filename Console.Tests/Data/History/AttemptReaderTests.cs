using OpsConsole.Data.History;

namespace OpsConsole.Tests.Data.History;

public class AttemptReaderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_attempt_comes_back_as_it_was_written()
    {
        await using var space = await HistorySpace.OpenAsync();
        var row = Full(space.Now);
        await space.Store.WriteAsync(await space.AcquireAsync(), SomeHistory.Batch(row), Cancel);
        var reader = space.Data.Get<AttemptReader>();

        var read = await reader.GetAsync(row.EndedAt, row.Sequence, Cancel);

        Assert.Equal(row.Tags, read!.Tags);
        // Of the group only the id is kept with an attempt.
        Assert.Equal(row with { Tags = read.Tags, Failure = row.Failure! with { Template = "", Frame = "" } }, read);
        Assert.Null(await reader.GetAsync(row.EndedAt, row.Sequence + 1, Cancel));
    }

    [Fact]
    public async Task The_newest_attempts_of_a_job_come_oldest_first()
    {
        await using var space = await HistorySpace.OpenAsync();
        var attempts = Enumerable.Range(1, 4).Select(i => SomeHistory.Attempt(space.Now.AddDays(i - 5), "job", i == 4 ? AttemptOutcome.Succeeded : AttemptOutcome.Retrying) with { Attempt = i });
        await space.Store.WriteAsync(await space.AcquireAsync(), SomeHistory.Batch([.. attempts, SomeHistory.Attempt(space.Now, "other")]), Cancel);

        var read = await space.Data.Get<AttemptReader>().GetByJobAsync("job", 3, Cancel);

        Assert.Equal([2, 3, 4], read.Select(row => row.Attempt));
        Assert.Empty(await space.Data.Get<AttemptReader>().GetByJobAsync("no\0job", 3, Cancel));
    }

    [Fact]
    public void An_attempt_is_kept_for_whole_days_after_its_own()
    {
        var ended = new DateTimeOffset(2026, 11, 20, 23, 59, 0, TimeSpan.Zero);
        var retention = new HistoryRetention(SucceededDays: 14, FailedDays: 90);

        Assert.Equal(new DateTimeOffset(2026, 12, 5, 0, 0, 0, TimeSpan.Zero), retention.KeptUntil(SomeHistory.Attempt(ended)));
        Assert.Equal(new DateTimeOffset(2027, 2, 19, 0, 0, 0, TimeSpan.Zero), retention.KeptUntil(SomeHistory.Attempt(ended, outcome: AttemptOutcome.Retrying)));
    }

    private static AttemptRow Full(DateTimeOffset now) => SomeHistory.Attempt(now, "job-1", AttemptOutcome.Failed, 7) with
    {
        TypeName = "Shop.ReportJobs.GenerateAsync",
        Queue = "reports",
        Worker = "web-3:1:ab",
        Host = "web-3",
        Version = "2.1.0",
        Attempt = 3,
        CreatedAt = now.AddSeconds(-9),
        EnqueuedAt = now.AddSeconds(-8),
        StartedAt = now.AddSeconds(-5),
        WaitMs = 3_000,
        RunMs = 5_000,
        Arguments = """{"customer": 42}""",
        Result = "[1, 2]",
        ErrorType = "System.TimeoutException",
        ErrorMessage = "Too late.",
        Stack = "   at Shop.ReportJobs.GenerateAsync()",
        Reason = "No attempts left.",
        Failure = new FailureIdentity(Guid.NewGuid(), "Too late.", "Shop.ReportJobs.GenerateAsync"),
        ScheduleId = Guid.NewGuid(),
        NominalAt = now.AddMinutes(-1),
        Owner = "Finance",
        Tags = ["acme", "nightly"],
        ParentId = "parent",
        Cut = CutTexts.Stack | CutTexts.Message,
        IsRedacted = true,
    };
}
