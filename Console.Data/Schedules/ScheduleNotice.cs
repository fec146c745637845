using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Data.Schedules;

/// <summary>Sends a change; the database delivers it when the transaction commits.</summary>
internal static class ScheduleNotice
{
    // Each notification is a row in a queue of the server that every listener reads; beyond this one word is cheaper than names.
    private const int Named = 1_000;

    public static string[] Payloads(ScheduleChangeKind kind, IReadOnlyCollection<Guid> ids) => ids.Count > Named
        ? [new ScheduleChange(ScheduleChangeKind.Many).Payload]
        : [.. ids.Distinct().Select(id => new ScheduleChange(kind, id).Payload)];

    public static Task NotifyAsync(this ConsoleDbContext context, string[] payloads, CancellationToken cancel) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_notify({ScheduleChange.Channel}, p) FROM unnest({payloads}) AS p", cancel);
}
