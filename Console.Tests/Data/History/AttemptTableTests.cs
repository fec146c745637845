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
