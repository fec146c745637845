using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Monitoring.Listing;

/// <summary>
/// A page of the newest jobs of all states: the heads of all keys, merged by when each job came into its state. Keys of ended jobs
/// are left where their jobs ended before <c>endedSince</c>.
/// </summary>
internal sealed class MergedPage(JobRedis redis, JobRows rows, IReadOnlyList<IdSource> sources, RowFilter filter, DateTimeOffset? endedSince)
{
    private const int RowsAtFirst = 2_000;
    private readonly List<Head> _heads = [];

    public async Task<JobPage> FillAsync(PageCursor? cursor, int limit, int maxScanned, CancellationToken cancel)
    {
        var total = (await redis.RunAsync("counting listed jobs", database => Task.WhenAll(sources.Select(source => source.CountAsync(database))), cancel)).Sum();
        _heads.AddRange(sources.Select(source => new Head(source) { Offset = cursor?.OffsetOf(source.Name) ?? 0 }));
        var chunk = Math.Clamp(RowsAtFirst / Math.Max(1, sources.Count), 5, filter.Selects ? 250 : Math.Max(10, limit / 2 + 1));
        await RefillAsync(_heads, chunk, cancel);
        var page = new PageFill(limit, maxScanned);
        while (Newest() is { } head)
        {
            var row = head.Rows.Peek();
            var isNew = cursor is null || !head.Source.IsNewestFirst || IsAfter(row, cursor);
            if (!page.Offer(row, isNew && filter.Takes(row)))
                break;
            head.Rows.Dequeue();
            head.Offset++;
            if (head.Rows.Count == 0 && !head.IsExhausted)
                await RefillAsync([head], chunk, cancel);
        }
        return new JobPage { Jobs = [.. page.Rows.OrderByDescending(Ms)], Next = page.IsDone ? CursorAt(page).Write() : null, Total = total, Scanned = page.Scanned, ScanStopped = page.ScanStopped };
    }

    // Jobs that came up since the last page shift the lists; they belong in front of it. Sorted sets know whole seconds only.
    private static bool IsAfter(JobRecord row, PageCursor cursor) => Ms(row) / 1_000 <= cursor.LastAt / 1_000 && row.Id != cursor.LastId;

    private PageCursor CursorAt(PageFill page) => new("", _heads.Where(head => head.Offset > 0).ToDictionary(head => head.Source.Name, head => head.Offset), page.LastId, "", page.Rows.Count > 0 ? page.Rows.Min(Ms) : long.MaxValue);

    private Head? Newest() => _heads.Where(head => head.Rows.Count > 0).MaxBy(head => Ms(head.Rows.Peek()));

    private async Task RefillAsync(IReadOnlyList<Head> heads, int chunk, CancellationToken cancel)
    {
        var lists = await redis.RunAsync("listing jobs", database => Task.WhenAll(heads.Select(head => head.Source.ReadAsync(database, head.Offset, chunk))), cancel);
        var read = await rows.ReadAsync([.. lists.SelectMany(ids => ids)], cancel);
        var at = 0;
        for (var i = 0; i < heads.Count; i++)
        {
            heads[i].IsExhausted = lists[i].Count < chunk;
            foreach (var row in read.Skip(at).Take(lists[i].Count))
            {
                if (heads[i].Source.IsEnded && row.StateAt < endedSince) heads[i].IsExhausted = true;
                else heads[i].Rows.Enqueue(row);
            }
            at += lists[i].Count;
        }
    }

    private static long Ms(JobRecord row) => row.StateAt?.ToUnixTimeMilliseconds() ?? 0;

    private sealed class Head(IdSource source)
    {
        public IdSource Source => source;
        public long Offset { get; set; }
        public Queue<JobRecord> Rows { get; } = new();
        public bool IsExhausted { get; set; }
    }
}
