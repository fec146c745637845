using OpsConsole.Data.History;

namespace OpsConsole.Tests.Data.History;

/// <summary>Whatever a job brings along can be stored.</summary>
public class AttemptTableTests
{
    [Fact]
    public async Task Texts_that_the_database_refuses_are_stored_all_the_same()
    {
        await using var space = await HistorySpace.OpenAsync();
        var epoch = await space.AcquireAsync();
        const string bad = "a\0b\uD800c";
        var row = SomeHistory.Attempt(space.Now, bad, AttemptOutcome.Failed) with
        {
            Type = bad,
            Queue = bad,
            Arguments = "{\"a\\u0000b\":\"\\u0000\\ud800\",\"n\":1e999999}",
            Result = "not JSON\0",
            ErrorMessage = bad,
            Tags = [bad, new string('x', 10_000)],
            CreatedAt = DateTimeOffset.MinValue,
            NominalAt = DateTimeOffset.MaxValue,
            Failure = new FailureIdentity(Guid.NewGuid(), bad, bad),
        };

        await space.Store.WriteAsync(epoch, SomeHistory.Batch(row), HistorySpace.Cancel);

        Assert.Equal("a\uFFFDb\uFFFDc", await space.AskAsync("""SELECT "JobId" FROM "Attempts" """));
        Assert.Equal("1e999999", await space.AskAsync("""SELECT "Arguments"->>'n' FROM "Attempts" """));
        Assert.Equal("not JSON\uFFFD", await space.AskAsync("""SELECT "Result"#>>'{}' FROM "Attempts" """));
        Assert.Equal("200", await space.AskAsync("""SELECT length("Tags"[2]) FROM "Attempts" """));
    }

    [Fact]
    public async Task An_attempt_that_the_database_refuses_all_the_same_is_stored_without_its_payload_and_holds_up_nobody()
    {
        await using var space = await HistorySpace.OpenAsync();
        var epoch = await space.AcquireAsync();
        // A refusal for what is in a row, as nobody could foresee it.
        await space.AskAsync("""ALTER TABLE "Attempts" ADD CHECK (1 / (CASE WHEN "Arguments" ? 'poison' THEN 0 ELSE 1 END) = 1)""");
        var rows = Enumerable.Range(0, 9).Select(i => SomeHistory.Attempt(space.Now, "job-" + i, sequence: i) with { Arguments = i is 3 or 8 ? """{"poison":1}""" : """{"a":1}""" });

        Assert.Equal(HistoryWrite.Stored, await space.Store.WriteAsync(epoch, SomeHistory.Batch([.. rows]), HistorySpace.Cancel));

        Assert.Equal(9, await space.CountAsync());
        Assert.Equal("job-3 job-8", await space.AskAsync("""SELECT string_agg("JobId", ' ' ORDER BY "JobId") FROM "Attempts" WHERE "Arguments" IS NULL AND "Cut" <> 0"""));
    }

    [Fact]
    public async Task Each_attempt_goes_into_the_table_of_its_outcome_and_day()
    {
        await using var space = await HistorySpace.OpenAsync();
        var epoch = await space.AcquireAsync();
        var day = space.Now.UtcDateTime.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        var rows = Enum.GetValues<AttemptOutcome>().Select((outcome, i) => SomeHistory.Attempt(space.Now, "job-" + i, outcome, i)).ToArray();

        await space.Store.WriteAsync(epoch, SomeHistory.Batch(rows), HistorySpace.Cancel);

        Assert.Equal("1 4 2", await space.AskAsync($"""
            SELECT concat_ws(' ', (SELECT count(*) FROM "AttemptsSucceeded{day}"), (SELECT count(*) FROM "AttemptsFailed{day}"), (SELECT count(*) FROM "AttemptsOther{day}"))
            """));
    }
}
