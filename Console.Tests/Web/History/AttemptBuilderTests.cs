using System.Text.Json;
using OpsConsole.Data.History;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.History;

namespace OpsConsole.Tests.Web.History;

public class AttemptBuilderTests
{
    private const long EndedMs = 1_795_204_700_000;
    private static readonly DateTimeOffset Ended = DateTimeOffset.FromUnixTimeMilliseconds(EndedMs);
    private static readonly WorkerPlace Place = new("web-3", "2.4.1");

    [Fact]
    public void A_success_without_facts_has_all_that_its_event_says()
    {
        var row = Build(Event(JobEventKinds.Succeeded, """{"attempt":2,"wait":300,"run":1200}"""), null);

        Assert.Equal((Ended, 7, "j1", "sample.add", "Ns.Sample.Add", "mail"), (row.EndedAt, row.Sequence, row.JobId, row.Type, row.TypeName, row.Queue));
        Assert.Equal((AttemptOutcome.Succeeded, 2, 300L, 1_200L), (row.Outcome, row.Attempt, row.WaitMs!.Value, row.RunMs!.Value));
        Assert.Equal((Ended.AddMilliseconds(-1_200), Ended.AddMilliseconds(-1_500)), (row.StartedAt, row.EnqueuedAt));
        Assert.Equal(("web-3", "2.4.1"), (row.Host, row.Version));
        Assert.Null(row.Arguments);
    }

    [Fact]
    public void Facts_add_what_only_Redis_knows()
    {
        var schedule = Guid.NewGuid();
        var row = Build(Event(JobEventKinds.Succeeded, """{"attempt":1,"wait":300,"run":1200}"""), new JobFacts
        {
            Name = "mail.send",
            Arguments = [new JobArgument("customer", "", "42"), new JobArgument("text", "", "\"hi\"")],
            CreatedAt = Ended.AddSeconds(-60),
            StartedAt = Ended.AddMilliseconds(-1_250),
            EnqueuedAt = Ended.AddMilliseconds(-1_550),
            ResultJson = """{"sent":3}""",
            ScheduleId = schedule,
            ScheduledFor = Ended.AddMinutes(-1),
            Owner = "billing",
            Tags = ["acme"],
            ParentId = "p1",
        });

        Assert.Equal(("mail.send", """{"customer":42,"text":"hi"}""", """{"sent":3}"""), (row.Type, row.Arguments, row.Result));
        Assert.Equal((Ended.AddSeconds(-60), Ended.AddMilliseconds(-1_550), Ended.AddMilliseconds(-1_250)), (row.CreatedAt, row.EnqueuedAt, row.StartedAt));
        Assert.Equal((schedule, "billing", "acme", "p1"), (row.ScheduleId!.Value, row.Owner, Assert.Single(row.Tags), row.ParentId));
    }

    [Fact]
    public void No_wrong_clock_makes_a_negative_duration_or_a_time_after_a_later_one()
    {
        var row = Build(Event(JobEventKinds.Retrying, """{"attempt":1,"run":-5,"error":"E","message":"m"}"""), new JobFacts
        {
            CreatedAt = Ended.AddHours(2),
            EnqueuedAt = Ended.AddHours(1),
            StartedAt = Ended.AddMinutes(30),
        });

        Assert.Equal((Ended, Ended, Ended), (row.CreatedAt, row.EnqueuedAt, row.StartedAt));
        Assert.Equal((0L, 0L), (row.WaitMs!.Value, row.RunMs!.Value));
    }

    [Theory]
    [InlineData("1e300"), InlineData("-1e300"), InlineData("99999999999999999")]
    public void Durations_beyond_all_measure_stay_in_bounds(string run)
    {
        var row = Build(Event(JobEventKinds.Succeeded, $$"""{"attempt":1e300,"wait":{{run}},"run":{{run}}}"""), null);

        Assert.InRange(row.RunMs!.Value, 0, 32_000_000_000_000);
        Assert.Equal(int.MaxValue, row.Attempt);
    }

    [Fact]
    public void A_failure_is_stored_cut_and_marked_as_cut()
    {
        var facts = new JobFacts { ErrorType = "<img src=x>", ErrorMessage = new string('x', 10_000_000), ErrorDetails = string.Concat(Enumerable.Repeat("   at My.Code.Run()\n", 5_000)) };

        var row = Build(Event(JobEventKinds.Failed, """{"attempt":1,"run":5,"error":"E","message":"m","reason":"All 3 retries were used."}"""), facts);

        Assert.Equal(CutTexts.Message | CutTexts.Stack, row.Cut);
        Assert.Equal((4_094, 32_766), (row.ErrorMessage!.Length, row.Stack!.Length));
        Assert.Equal(('…', '…', "<img src=x>"), (row.ErrorMessage[^1], row.Stack[^1], row.ErrorType));
        Assert.Equal("All 3 retries were used.", row.Reason);
        Assert.NotNull(row.Failure);
    }

    [Fact]
    public void What_a_worker_has_cut_already_counts_as_cut()
    {
        var facts = new JobFacts { ErrorType = "E", ErrorMessage = new string('x', 3_999) + "…", ErrorDetails = "E: m\n   at A.B()\n… 4900 more lines" };

        Assert.Equal(CutTexts.Message | CutTexts.Stack, Build(Event(JobEventKinds.Failed, """{"attempt":1,"run":5}"""), facts).Cut);
    }

    [Fact]
    public void The_caps_change_no_group()
    {
        var facts = new JobFacts { ErrorType = "E", ErrorMessage = "Order 17 is late: " + new string('x', 3_000), ErrorDetails = "E: m\n" + new string(' ', 2_000) + "\n   at My.Code.Run()" };
        var e = Event(JobEventKinds.Failed, """{"attempt":1,"run":5}""");

        var (wide, narrow) = (Build(e, facts), new AttemptBuilder(new HistoryOptions { MaxMessageBytes = 256, MaxStackBytes = 1_024 }).Build(e, facts, "t", Place));

        Assert.NotEqual(wide.ErrorMessage, narrow.ErrorMessage);
        Assert.Equal(new AttemptBuilder(new HistoryOptions()).Build(e, facts, "t", Place).Failure, narrow.Failure);
    }

    [Fact]
    public void Workers_that_are_lost_with_a_job_are_one_group_and_have_no_duration()
    {
        var lost = Build(Event(JobEventKinds.Requeued, """{"reason":"Worker a was lost","lost":1}""", worker: "a:1:x"), new JobFacts { Attempt = 3, StartedAt = Ended.AddSeconds(-9) });
        var quarantined = Build(Event(JobEventKinds.Quarantined, """{"lost":3,"worker":"b"}""", worker: "b:2:y"), null);

        Assert.Equal((AttemptOutcome.Lost, 3, null), (lost.Outcome, lost.Attempt, lost.RunMs));
        Assert.Equal(AttemptOutcome.Quarantined, quarantined.Outcome);
        Assert.Equal(lost.Failure, quarantined.Failure);
        Assert.Equal("Worker a:1:x was lost while it ran this job.", lost.ErrorMessage);
    }

    [Fact]
    public void A_job_that_is_given_back_is_no_failure()
    {
        var row = Build(Event(JobEventKinds.Requeued, """{"reason":"Worker stopped during attempt 1.","lost":0}"""), new JobFacts { StartedAt = Ended.AddSeconds(-2), Attempt = 1 });

        Assert.Equal((AttemptOutcome.Returned, 2_000L, "Worker stopped during attempt 1."), (row.Outcome, row.RunMs!.Value, row.Reason));
        Assert.Null(row.Failure);
    }

    [Theory]
    [InlineData("Enqueued", 0), InlineData("Failed", 0), InlineData("Processing", 4)]
    public void Only_what_ran_has_an_attempt_when_it_is_deleted(string before, int attempt)
    {
        var row = Build(Event(JobEventKinds.Deleted, """{"reason":"not needed","by":"ada"}""", before), new JobFacts { Attempt = 4, StartedAt = Ended.AddSeconds(-5), EnqueuedAt = Ended.AddSeconds(-9) });

        Assert.Equal((attempt, attempt == 0), (row.Attempt, row.StartedAt is null));
        Assert.Equal(before == "Failed", row.EnqueuedAt is null);
        Assert.Equal("not needed", row.Reason);
    }

    private static AttemptRow Build(JobEvent e, JobFacts? facts) => new AttemptBuilder(new HistoryOptions()).Build(e, facts, "sample.add", Place);

    private static JobEvent Event(string kind, string details, string before = "Processing", string worker = "web-3:1:g") => new()
    {
        Position = $"{EndedMs}-7",
        At = Ended,
        Kind = kind,
        Subject = "j1",
        Type = "Ns.Sample.Add",
        Queue = "mail",
        PreviousState = before,
        Worker = worker,
        Details = JsonSerializer.Deserialize<JsonElement>(details),
    };
}
