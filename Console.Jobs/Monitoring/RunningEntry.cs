using System.Globalization;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>An entry of <c>ops:running</c>: <c>token|worker|queue|startedMs|attempt</c>.</summary>
internal sealed record RunningEntry(string Worker, string Queue, DateTimeOffset? StartedAt, int Attempt)
{
    public static RunningEntry? Read(string? entry) =>
        entry?.Split('|') is [_, var worker, var queue, var started, var attempt, ..]
            ? new RunningEntry(worker, queue, StoredTime.Read(started), int.TryParse(attempt, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1)
            : null;
}
