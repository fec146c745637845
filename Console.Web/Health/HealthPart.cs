using System.Text.Json.Serialization;

namespace OpsConsole.Web.Health;

/// <summary>How well something is, from well to not at all.</summary>
[JsonConverter(typeof(HealthStatusConverter))]
public enum HealthStatus
{
    Up,
    /// <summary>It works, and somebody should look before it no longer does.</summary>
    Degraded,
    Down,
}

/// <summary>One thing that the console needs or does.</summary>
/// <param name="Status">Of it.</param>
/// <param name="Problem">Why it is not up, in words; null when it is.</param>
/// <param name="Milliseconds">How long the look at it took.</param>
/// <param name="Facts">By name; the unit is in the name. Null when it could not be asked.</param>
public sealed record HealthPart(HealthStatus Status, string? Problem, double Milliseconds, IReadOnlyDictionary<string, object?>? Facts);

/// <summary>What a look at something found, before it is known how long it took.</summary>
public sealed record HealthFinding(IReadOnlyDictionary<string, object?> Facts, HealthStatus Status = HealthStatus.Up, string? Problem = null)
{
    public HealthFinding Unless(bool isWell, HealthStatus status, string problem) =>
        isWell || status <= Status ? this : this with { Status = status, Problem = problem };
}

internal sealed class HealthStatusConverter() : JsonStringEnumConverter<HealthStatus>(System.Text.Json.JsonNamingPolicy.CamelCase);
