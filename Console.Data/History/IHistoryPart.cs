using Npgsql;

namespace OpsConsole.Data.History;

/// <summary>
/// Something that follows from the events and is stored with them in one transaction: attempts, roll-ups, failure groups. The parts of
/// a batch run one after the other, in the order of their registration; only the process that holds the lease of the ingestion runs them.
/// </summary>
public interface IHistoryPart
{
    /// <summary>Writes its share. Whatever it throws undoes the whole batch, which comes again.</summary>
    Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, HistoryBatch batch, CancellationToken cancel);

    /// <summary>The transaction was undone, or another process may have written since: what is held in memory no longer counts.</summary>
    void Forget();
}
