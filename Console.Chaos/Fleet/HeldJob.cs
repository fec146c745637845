using System.Globalization;

namespace OpsConsole.Chaos.Fleet;

/// <summary>A job that Redis says a worker holds.</summary>
/// <param name="Id">Id of the job.</param>
/// <param name="ProcessId">Process of its worker.</param>
/// <param name="Attempt">Number of the attempt.</param>
internal sealed record HeldJob(string Id, int ProcessId, int Attempt)
{
    /// <summary>Reads an entry of the hash of running jobs: <c>token|name:pid:guid|queue|ms|attempt</c>.</summary>
    public static HeldJob Read(string id, string value)
    {
        var parts = value.Split('|');
        return new HeldJob(id, int.Parse(parts[1].Split(':')[1], CultureInfo.InvariantCulture), int.Parse(parts[4], CultureInfo.InvariantCulture));
    }
}
