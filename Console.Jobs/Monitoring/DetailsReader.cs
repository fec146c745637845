using System.Text.Json;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Reads everything about one job.</summary>
internal sealed class DetailsReader(JobRedis redis, JobRows rows, JobCatalogue catalogue)
{
    private const int MaxHistory = 1_000;
    private const int MaxChildren = 100;
    private static readonly RedisScript Script = RedisScript.Load("job");

    // What the row or other parts of the details already show.
    private static readonly HashSet<string> OwnFields = new(StringComparer.Ordinal)
    {
        "Type", "Method", "ParameterTypes", "Arguments", "CreatedAt", "Queue", "State", "CurrentCulture", "CurrentUICulture",
        "RetryCount", "Continuations", "Fetched", "Checked", "ParentId", "Attempt",
    };

    public async Task<JobDetails?> ReadAsync(string id, CancellationToken cancel)
    {
        var more = redis.EvalAsync(Script, [id, MaxHistory], cancel);
        var raw = (await rows.ReadRawAsync([id], cancel))[0];
        var parts = Reply.List(await more);
        var history = HistoryReader.Read(Reply.Texts(parts[4]));
        if (raw.Fields.Count == 0 && raw.Data.Count == 0 && history.Count == 0 && raw.WrongKeys.Length == 0)
            return null;
        if (Reply.TextOrNull(parts[0]) is { } arguments)
            raw.Fields["Arguments"] = arguments;
        var index = await catalogue.IndexAsync(cancel);
        var type = RowBuilder.TypeOf(raw, index);
        var attempts = Explain(HistoryReader.Attempts(history, JobStates.OfStored(raw.Field("State"))), raw, Reply.TextOrNull(parts[1]));
        var row = RowBuilder.Build(raw, index);
        var children = JobContinuations.Read(Reply.TextOrNull(parts[3]));
        return new JobDetails
        {
            Job = row with { Attempt = Math.Max(row.Attempt, attempts.Count) },
            History = history,
            Attempts = attempts,
            ResultJson = Reply.TextOrNull(parts[2]),
            ParentId = ParentOf(raw, history),
            Children = await ChildrenAsync(children, cancel),
            Parameters = raw.Fields.Where(field => !OwnFields.Contains(field.Key)).ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal),
            ExpiresAt = Reply.Number(parts[5]) is > 0 and var ms ? StoredTime.Read(Reply.Text(parts[7]))?.AddMilliseconds(ms) : null,
            SoftLimitAt = LimitAt(row, type?.SoftLimitSeconds),
            HardLimitAt = LimitAt(row, type?.HardLimitSeconds),
            MaxRetries = type?.Retries,
            LogLines = Reply.Number(parts[6]),
        };
    }

    private async Task<IReadOnlyList<JobContinuation>> ChildrenAsync(IReadOnlyList<(string Id, string Condition)> links, CancellationToken cancel)
    {
        var read = await rows.ReadRawAsync([.. links.Take(MaxChildren).Select(link => link.Id)], cancel);
        var index = await catalogue.IndexAsync(cancel);
        return [.. links.Select((link, i) => new JobContinuation(link.Id, link.Condition, i < read.Count && read[i].Fields.Count > 0 ? RowBuilder.Build(read[i], index) : null))];
    }

    // Old histories were trimmed or lost with their job's first days; the state data still tells of the last failure.
    private static IReadOnlyList<JobAttempt> Explain(IReadOnlyList<JobAttempt> attempts, RawJob raw, string? details) =>
        attempts is [.., { Outcome: JobState.Failed, ErrorDetails: null } last] && raw.Field("State") == "Failed"
            ? [.. attempts.SkipLast(1), last with { ErrorType = last.ErrorType ?? raw.Datum("ExceptionType"), ErrorMessage = last.ErrorMessage ?? raw.Datum("ExceptionMessage"), ErrorDetails = details }]
            : attempts;

    private static string? ParentOf(RawJob raw, IReadOnlyList<StateEntry> history)
    {
        if (raw.Datum("ParentId") is { Length: > 0 } waitingFor)
            return waitingFor;
        if (Unquote(raw.Field("ParentId")) is { Length: > 0 } told)
            return told;
        return history.LastOrDefault(entry => entry.State == JobState.Awaiting)?.Data.GetValueOrDefault("ParentId");
    }

    private static string? Unquote(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<string>(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static DateTimeOffset? LimitAt(JobRecord row, int? seconds) =>
        row.State == JobState.Processing && seconds > 0 && row.StateAt is { } started ? started.AddSeconds(seconds.Value) : null;
}
