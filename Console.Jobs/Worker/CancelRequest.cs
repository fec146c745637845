using System.Text.Json;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Worker;

/// <summary>Who asked for a cancellation, and why.</summary>
internal sealed record CancelRequest(string By = "", string Reason = "")
{
    /// <summary>Reads an entry of <c>ops:cancels</c>; one that cannot be read still cancels, for nobody known.</summary>
    public static CancelRequest Read(string json)
    {
        try
        {
            var read = JsonSerializer.Deserialize<CancelRequest>(json, JobJson.Records);
            return new CancelRequest(read?.By ?? "", read?.Reason ?? "");
        }
        catch (JsonException)
        {
            return new CancelRequest("", "");
        }
    }
}
