using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>One job as jobs.lua returns it; see the script's header.</summary>
internal sealed record RawJob(string Id, Dictionary<string, string> Fields, Dictionary<string, string> Data)
{
    public string? Running { get; init; }
    public string? Cancel { get; init; }
    public Dictionary<string, string> Progress { get; init; } = [];
    public bool IsRetrying { get; init; }
    public bool IsQuarantined { get; init; }
    public int ArgumentBytes { get; init; }
    public string StartedAt { get; init; } = "";
    public string EnqueuedAt { get; init; } = "";
    public string HistoryQueue { get; init; } = "";
    public int Starts { get; init; }
    public long HistoryLength { get; init; }
    public string LastEntryAt { get; init; } = "";
    public string ErrorType { get; init; } = "";
    public string ErrorMessage { get; init; } = "";
    public string LastWorker { get; init; } = "";
    public string WrongKeys { get; init; } = "";
    public bool IsOrphaned { get; init; }

    public string? Field(string name) => Fields.GetValueOrDefault(name);

    public string? Datum(string name) => Data.GetValueOrDefault(name);

    public static RawJob Read(string id, RedisResult reply)
    {
        var parts = Reply.List(reply);
        var seen = Reply.List(parts[8]);
        return new RawJob(id, Reply.Hash(parts[0]), Reply.Hash(parts[1]))
        {
            Running = Reply.TextOrNull(parts[2]),
            Cancel = Reply.TextOrNull(parts[3]),
            Progress = Reply.Hash(parts[4]),
            IsRetrying = Reply.Number(parts[5]) == 1,
            IsQuarantined = Reply.Number(parts[6]) == 1,
            ArgumentBytes = (int)Reply.Number(parts[7]),
            StartedAt = Reply.Text(seen[0]),
            EnqueuedAt = Reply.Text(seen[1]),
            HistoryQueue = Reply.Text(seen[2]),
            Starts = (int)Reply.Number(seen[3]),
            HistoryLength = Reply.Number(seen[4]),
            LastEntryAt = Reply.Text(seen[5]),
            ErrorType = Reply.Text(seen[6]),
            ErrorMessage = Reply.Text(seen[7]),
            LastWorker = Reply.Text(seen[8]),
            WrongKeys = Reply.Text(parts[9]),
            IsOrphaned = Reply.Number(parts[10]) == 1,
        };
    }
}
