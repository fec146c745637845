using OpsConsole.Data.History;
using OpsConsole.Data.History.Search;

namespace OpsConsole.Tests.Web.Jobs;

internal static class Queries
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    public static SearchContext Context { get; } = new(Now, TimeZoneInfo.Utc, "Ada");

    public static JobQuery Of(string text)
    {
        var parse = JobQuery.Parse(text, Context);
        Assert.Empty(parse.Faults);
        return parse.Query!;
    }

    public static AttemptSummary Attempt(string job, double secondsAgo, AttemptOutcome outcome = AttemptOutcome.Succeeded) => new()
    {
        Key = new(Now.AddSeconds(-secondsAgo), 0),
        JobId = job,
        Type = "reports.generate",
        Queue = "reports",
        Worker = "web-3:1",
        Host = "web-3",
        Version = "4.18.2",
        Outcome = outcome,
        Attempt = 1,
        Owner = "",
        Tags = [],
    };
}
