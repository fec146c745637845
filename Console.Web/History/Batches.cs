using OpsConsole.Data.History;

namespace OpsConsole.Web.History;

/// <summary>Puts what was built together into what one transaction stores.</summary>
internal static class Batches
{
    public static HistoryBatch Of(IReadOnlyList<BuiltEvents> parts)
    {
        var last = parts[^1];
        return new HistoryBatch
        {
            Position = last.Position,
            PositionAt = last.PositionAt,
            Events = parts.Sum(part => part.Events),
            Attempts = parts is [var only] ? only.Attempts : [.. parts.SelectMany(part => part.Attempts)],
            Arrivals = [.. parts.SelectMany(part => part.Arrivals).GroupBy(arrival => arrival.Key, arrival => arrival.Value)
                .Select(group => new Arrivals(group.Key.Minute, group.Key.Type, group.Key.Queue, group.Sum()))],
            HostStarts = [.. parts.SelectMany(part => part.HostStarts)],
            Gap = parts[0].Gap,
        };
    }
}
