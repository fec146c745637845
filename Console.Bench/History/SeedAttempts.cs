using System.Globalization;
using OpsConsole.Data.History;

namespace OpsConsole.Bench.History;

/// <summary>Makes attempts one after the other, in the order in which they ended. The same seed makes the same month.</summary>
internal sealed class SeedAttempts(SeedSize size)
{
    private const int MostAttempts = 3;
    private const int RetryAfter = 300;
    private readonly Random _random = new(20_261_121);
    private readonly SeedFailures _failures = new(size.Groups, SeedShape.Types);
    private readonly int[] _types = [.. SeedShape.Types.SelectMany((type, i) => Enumerable.Repeat(i, type.Weight))];
    private readonly Guid[] _schedules = [.. Enumerable.Range(1, 200).Select(i => new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]))];
    private readonly Queue<Retry> _retries = new();
    private int _job;
    private long _made;

    private sealed record Retry(long Due, string JobId, int Type, int Attempt, string Arguments, IReadOnlyList<string> Tags);

    public IEnumerable<AttemptRow> All()
    {
        var minutes = size.Days * 24 * 60;
        var start = size.Until.AddDays(-size.Days);
        var busy = Enumerable.Range(0, minutes).Sum(minute => SeedShape.Busy(start.AddMinutes(minute)));
        var made = 0L;
        var owed = 0.0;
        for (var minute = 0; minute < minutes; minute++)
        {
            owed += SeedShape.Busy(start.AddMinutes(minute)) / busy * size.Attempts;
            var count = (int)((minute == minutes - 1 ? size.Attempts : Math.Round(owed)) - made);
            for (var i = 0; i < count; i++)
                yield return Make(start.AddMinutes(minute).AddMilliseconds(60_000.0 * i / count), i);
            made += count;
        }
    }

    private AttemptRow Make(DateTimeOffset at, int number)
    {
        var ended = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
        var job = Next();
        var type = SeedShape.Types[job.Type];
        var host = _random.Next(SeedShape.Hosts.Count);
        var (run, wait) = ((long)Spread(type.RunMs, 0.6), (long)Spread(40 + (400 * SeedShape.Busy(at)), 1.1));
        var started = ended.AddMilliseconds(-run);
        var row = new AttemptRow
        {
            EndedAt = ended,
            Sequence = number,
            JobId = job.JobId,
            Type = type.Name,
            TypeName = type.TypeName,
            Queue = type.Queue,
            Worker = Worker(host, at),
            Host = SeedShape.Hosts[host],
            Version = SeedShape.Version(at, host),
            Outcome = Outcome(type, job),
            Attempt = job.Attempt,
            CreatedAt = started.AddMilliseconds(-wait),
            EnqueuedAt = started.AddMilliseconds(-wait),
            StartedAt = started,
            WaitMs = wait,
            RunMs = run,
            Arguments = job.Arguments,
            Tags = job.Tags,
        };
        return Finish(type.IsScheduled ? Schedule(row) : row, job);
    }

    // A job that failed comes again some attempts later, as another attempt of the same job.
    private Retry Next()
    {
        _made++;
        if (_retries.TryPeek(out var due) && due.Due <= _made)
            return _retries.Dequeue();
        var tenant = SeedShape.Tenants[(int)(Math.Pow(_random.NextDouble(), 2) * SeedShape.Tenants.Count)];
        return new Retry(_made, Id(++_job), _types[_random.Next(_types.Length)], 1, Arguments(tenant), _random.Next(4) == 0 ? [tenant, "batch"] : [tenant]);
    }

    private AttemptRow Finish(AttemptRow row, Retry job)
    {
        if (row.Outcome == AttemptOutcome.Succeeded)
            return row with { Result = _random.Next(3) == 0 ? $$"""{"rows":{{_random.Next(50_000)}},"bytes":{{_random.Next(9_000_000)}}}""" : null };
        if (!row.Outcome.IsFailure())
            return row with { Reason = "Deleted by Grace Hopper: sent twice." };
        if (row.Outcome == AttemptOutcome.Retrying)
            _retries.Enqueue(job with { Due = _made + RetryAfter, Attempt = job.Attempt + 1 });
        var failure = _failures.Pick(job.Type, _random.NextDouble());
        return row with
        {
            ErrorType = failure.ErrorType,
            ErrorMessage = SeedFailures.Message(failure, job.Tags[0], _random.Next(100_000)),
            Stack = failure.Stack,
            Failure = failure.Identity,
        };
    }

    private AttemptRow Schedule(AttemptRow row)
    {
        var schedule = _random.Next(_schedules.Length);
        return row with
        {
            ScheduleId = _schedules[schedule],
            NominalAt = new DateTimeOffset(row.CreatedAt!.Value.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero),
            Owner = SeedShape.Owners[schedule % SeedShape.Owners.Count],
        };
    }

    private AttemptOutcome Outcome(SeedType type, Retry job)
    {
        var at = _random.NextDouble() * 100;
        if (at < (job.Attempt > 1 ? 40 : type.FailurePercent))
            return job.Attempt == MostAttempts ? AttemptOutcome.Failed : AttemptOutcome.Retrying;
        return at > 99.5 ? AttemptOutcome.Deleted : AttemptOutcome.Succeeded;
    }

    private string Arguments(string tenant) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"tenant":"{{tenant}}","customer":{{_random.Next(1, 20_000)}},"order":{"id":"A-{{_random.Next(1_000_000, 9_999_999)}}","lines":{{_random.Next(1, 40)}}},"month":"2026-{{_random.Next(1, 13):00}}"}""");

    private static string Id(int job) => string.Create(CultureInfo.InvariantCulture, $"{(uint)job * 2_654_435_761u:x8}-5eed-4000-8000-{job:x12}");

    private static string Worker(int host, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{SeedShape.Hosts[host]}:{1_000 + (at.DayOfYear * 37 % 30_000)}:{(uint)(at.DayOfYear * 7_919 + host) * 2_654_435_761u:x8}");

    // Log-normal around the middle.
    private double Spread(double middle, double width)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return Math.Max(1, middle * Math.Exp(width * normal));
    }
}
