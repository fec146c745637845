using System.Globalization;
using OpsConsole.Data.History;

namespace OpsConsole.Tests.Data.History;

/// <summary>Attempts and batches with what a test does not care about filled in.</summary>
internal static class SomeHistory
{
    public static AttemptRow Attempt(DateTimeOffset endedAt, string jobId = "job-1", AttemptOutcome outcome = AttemptOutcome.Succeeded, int sequence = 0) => new()
    {
        EndedAt = endedAt,
        Sequence = sequence,
        JobId = jobId,
        Type = "reports.generate",
        Outcome = outcome,
        Attempt = 1,
    };

    public static HistoryBatch Batch(params AttemptRow[] attempts) => At(Position(attempts[^1]), attempts);

    public static HistoryBatch At(string position, params AttemptRow[] attempts) => new()
    {
        Position = position,
        PositionAt = attempts.Length == 0 ? DateTimeOffset.UnixEpoch : attempts[^1].EndedAt,
        Events = Math.Max(1, attempts.Length),
        Attempts = attempts,
    };

    public static string Position(AttemptRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.EndedAt.ToUnixTimeMilliseconds()}-{row.Sequence}");
}
