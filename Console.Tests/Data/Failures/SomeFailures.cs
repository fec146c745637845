using Npgsql;
using OpsConsole.Data.Failures;
using OpsConsole.Data.History;
using OpsConsole.Tests.Data.History;

namespace OpsConsole.Tests.Data.Failures;

/// <summary>Failures with what a test does not care about filled in.</summary>
internal static class SomeFailures
{
    public static AttemptRow Failure(DateTimeOffset endedAt, string error = "Acme.OddError", string message = "It is odd", string jobId = "job-1", int sequence = 0, string worker = "web-1:1") =>
        SomeHistory.Attempt(endedAt, jobId, AttemptOutcome.Failed, sequence) with
        {
            Queue = "reports",
            Worker = worker,
            Host = worker.Split(':')[0],
            Version = "4.18.3",
            ErrorType = error,
            ErrorMessage = message,
            Stack = $"{error}: {message}\n   at Acme.Odd.Be()",
            Failure = FailureFingerprint.Of("reports.generate", error, message, "   at Acme.Odd.Be()"),
        };

    public static Guid IdOf(string error = "Acme.OddError", string message = "It is odd") => Failure(default, error, message).Failure!.Id;

    /// <summary>Stores failures as the ingestion does.</summary>
    public static Task StoreAsync(this HistorySpace space, params AttemptRow[] failures) => StoreAsync(space.Database, failures);

    public static Task StoreAsync(NpgsqlDataSource database, params AttemptRow[] failures) => StoreAsync(database, new GroupWriter(), failures);

    public static async Task StoreAsync(NpgsqlDataSource database, GroupWriter writer, params AttemptRow[] failures)
    {
        await using var connection = await database.OpenConnectionAsync(HistorySpace.Cancel);
        await using var transaction = await connection.BeginTransactionAsync(HistorySpace.Cancel);
        await writer.ApplyAsync(connection, transaction, SomeHistory.Batch(failures), HistorySpace.Cancel);
        await transaction.CommitAsync(HistorySpace.Cancel);
    }

    public static async Task<FailureGroup> GroupAsync(this HistorySpace space, Guid? id = null) => (await space.Groups().GetAsync(id ?? IdOf(), HistorySpace.Cancel))!.Value.Group;

    public static GroupStore Groups(this HistorySpace space) => space.Data.Get<GroupStore>();

    public static async Task<GroupAnswerKind> ChangeAsync(this HistorySpace space, GroupChange change, int? version = null, Guid? id = null)
    {
        var group = await space.GroupAsync(id);
        return (await space.Groups().ChangeAsync([new GroupTarget(group.Id, version ?? group.Version)], change, HistorySpace.Cancel))[0].Kind;
    }
}
