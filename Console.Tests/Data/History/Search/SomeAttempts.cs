using System.Globalization;
using OpsConsole.Data.History;
using OpsConsole.Data.History.Search;

namespace OpsConsole.Tests.Data.History.Search;

/// <summary>A mixed history, and questions about it. The same ones in every run.</summary>
internal static class SomeAttempts
{
    private static readonly string[] Types = ["reports.generate", "reports.analyse", "mail.send", "orders_%settle"];
    private static readonly string[] Workers = ["web-1:17", "web-1:18", "Web-2:17", ""];

    private static readonly string[] Terms =
    [
        "type:reports.*", "type:REPORTS.generate", "type:mail.send,orders*", "type:nothing", "queue:bulk", "queue:\"\"", "queue:*", "state:failed,retrying", "state:succeeded", "state:processing",
        "outcome:failure", "outcome:deleted", "worker:web-1*", "worker:\"\"", "host:web-2", "version:2.*", "tag:acme", "tag:A*", "tag:\"\"", "tag:*", "owner:me", "owner:\"\"",
        "args.customer:3", "args.customer>3", "args.customer:*", "args.name:\"Ann \\\"B\\\"\"", "args.name:an*", "args.lines.sku:b-2", "args.lines.price<=2.5", "args.flag:true", "args.nothing:*",
        "args:customer", "args:\"b-2\"", "error:timeout", "error:*", "message:\"50% of_it\"", "message:order*of", "reason:twice", "result:rows", "run>2s", "run<=500ms", "wait>1s", "attempt>1", "attempt:1",
        "since:5d", "until:2d", "since:3d", "timeout", "ann", "MAIL", "\"50%\"", "id:job-1*", "id:JOB-17", "job-17", "parent:\"\"", "parent:job-1*", "schedule:*", "schedule:\"\"",
        "schedule:00000007-0000-0000-0000-000000000000", "group:00000005-0000-0000-0000-000000000000",
    ];

    public static AttemptRow[] Make(DateTimeOffset now, int count)
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, count).Select(i => Make(random, now.AddDays(-12) + (TimeSpan.FromDays(12) / count * i), i))];
    }

    public static string Question(Random random) => random.Next(4) switch
    {
        0 => Term(random),
        1 => $"{Term(random)} {Term(random)}",
        2 => $"{Term(random)} ({Term(random)} or {Term(random)} {Term(random)})",
        _ => $"{Term(random)} -({Term(random)} {Term(random)})",
    };

    public static IJobFacts Facts(AttemptRow row) => new Facts
    {
        Id = row.JobId,
        State = Enum.Parse<SearchState>(row.Outcome.ToString()),
        Outcome = row.Outcome,
        At = row.EndedAt,
        Type = row.Type,
        Queue = row.Queue,
        Worker = row.Worker,
        Host = row.Host,
        Version = row.Version,
        Tags = row.Tags,
        Owner = row.Owner,
        ScheduleId = row.ScheduleId,
        GroupId = row.Failure?.Id,
        ParentId = row.ParentId,
        ErrorType = row.ErrorType,
        ErrorMessage = row.ErrorMessage,
        Reason = row.Reason,
        Arguments = row.Arguments,
        Result = row.Result,
        Attempt = row.Attempt,
        Wait = row.WaitMs is { } wait ? TimeSpan.FromMilliseconds(wait) : null,
        Run = row.RunMs is { } run ? TimeSpan.FromMilliseconds(run) : null,
    };

    private static string Term(Random random) => (random.Next(5) == 0 ? "-" : "") + Terms[random.Next(Terms.Length)];

    private static AttemptRow Make(Random random, DateTimeOffset at, int i)
    {
        var outcome = random.Next(3) == 0 ? Enum.GetValues<AttemptOutcome>()[random.Next(7)] : AttemptOutcome.Succeeded;
        var worker = Workers[random.Next(Workers.Length)];
        return new AttemptRow
        {
            EndedAt = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()),
            Sequence = i % 3,
            JobId = string.Create(CultureInfo.InvariantCulture, $"job-{random.Next(200)}"),
            Type = Types[random.Next(Types.Length)],
            Queue = random.Next(5) == 0 ? "" : random.Next(3) == 0 ? "bulk" : "default",
            Worker = worker,
            Host = worker.Split(':')[0],
            Version = worker.Length == 0 ? "" : $"{random.Next(1, 3)}.0",
            Outcome = outcome,
            Attempt = random.Next(3),
            WaitMs = random.Next(4) == 0 ? null : random.Next(2_000),
            RunMs = random.Next(4) == 0 ? null : random.Next(4_000),
            Arguments = Arguments(random),
            Result = random.Next(3) == 0 ? """{"rows": 3}""" : null,
            ErrorType = outcome.IsFailure() ? random.Next(2) == 0 ? "System.TimeoutException" : "System.Exception" : null,
            ErrorMessage = outcome.IsFailure() ? random.Next(2) == 0 ? "50% of_it" : "The order ended in the middle of it" : null,
            Reason = outcome == AttemptOutcome.Deleted ? "Sent twice" : null,
            Failure = outcome.IsFailure() ? new(new Guid(random.Next(9), 0, 0, new byte[8]), "", "") : null,
            ScheduleId = random.Next(3) == 0 ? new Guid(random.Next(9), 0, 0, new byte[8]) : null,
            Owner = random.Next(3) == 0 ? "ada@example.org" : "",
            Tags = random.Next(3) switch { 0 => [], 1 => ["acme"], _ => ["Acme", "night"] },
            ParentId = random.Next(4) == 0 ? string.Create(CultureInfo.InvariantCulture, $"job-{random.Next(200)}") : null,
        };
    }

    private static string? Arguments(Random random) => random.Next(6) switch
    {
        0 => null,
        1 => """{"customer": "3", "flag": true}""",
        2 => """{"name": "Ann \"B\"", "lines": [{"sku": "a-1"}, {"sku": "b-2", "price": 2.50}]}""",
        3 => """{"name": ["ann", "bob"], "flag": "true"}""",
        4 => """{"lines": {"sku": "b-2"}, "customer": null}""",
        _ => $$"""{"customer": {{random.Next(8)}}, "name": "Ann"}""",
    };
}
