using System.Text.Json;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Where a job stands, read at little cost.</summary>
/// <param name="JobId">Its id.</param>
/// <param name="Exists">False when Redis has nothing of it.</param>
/// <param name="State">Its state; Quarantined is told from Failed, Retrying is not told from Scheduled.</param>
/// <param name="Since">When it failed or ended; null in other states.</param>
/// <param name="OperationId">Operation that acted on it last, or null.</param>
public sealed record JobStanding(string JobId, bool Exists, JobState State, DateTimeOffset? Since, string? OperationId)
{
    /// <summary>Whether it has failed and waits for somebody.</summary>
    public bool IsFailed => State is JobState.Failed or JobState.Quarantined;

    internal static JobStanding Read(string id, string stored, string since, bool isQuarantined, string operation)
    {
        var state = JobStates.OfStored(stored);
        return new JobStanding(id, stored.Length > 0, isQuarantined ? JobState.Quarantined : state, StoredTime.Read(since), OperationOf(operation));
    }

    private static string? OperationOf(string json)
    {
        try
        {
            return json.Length == 0 ? null : JsonSerializer.Deserialize<string>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
