using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Monitoring.Listing;

/// <summary>A page that goes through its keys one after the other.</summary>
internal sealed class SequentialPage(JobRedis redis, JobRows rows, IReadOnlyList<IdSource> sources, RowFilter filter)
{
    private const int ScanChunk = 250;

    public async Task<JobPage> FillAsync(PageCursor? cursor, int limit, int maxScanned, CancellationToken cancel)
    {
        var total = (await redis.RunAsync("counting listed jobs", database => Task.WhenAll(sources.Select(source => source.CountAsync(database))), cancel)).Sum();
        var page = new PageFill(limit, maxScanned);
        var at = cursor is null ? 0 : Math.Max(0, sources.Index().Where(source => source.Item.Name == cursor.Source).Select(source => source.Index).FirstOrDefault());
        var offset = cursor is not null && sources.Count > 0 ? await ResumeAsync(sources[at], cursor, cancel) : 0;
        while (at < sources.Count && !page.IsDone)
        {
            var source = sources[at];
            var wanted = filter.Selects ? ScanChunk : page.Wanted + 1;
            var ids = await redis.RunAsync("listing " + source.Key, database => source.ReadAsync(database, offset, wanted), cancel);
            foreach (var row in await rows.ReadAsync(ids, cancel))
            {
                if (!page.Offer(row, filter.Takes(row)))
                    return Finish(page, total, new PageCursor(source.Name, new Dictionary<string, long> { [source.Name] = offset }, page.LastId, page.LastQueue, 0));
                offset++;
            }
            if (ids.Count < wanted)
                (at, offset) = (at + 1, 0);
        }
        return Finish(page, total, null);
    }

    private async Task<long> ResumeAsync(IdSource source, PageCursor cursor, CancellationToken cancel)
    {
        if (source.Name != cursor.Source)
            return 0;
        var offset = cursor.OffsetOf(source.Name);
        return cursor.LastId.Length == 0 ? offset : await redis.RunAsync("resuming " + source.Key, database => source.FindAsync(database, cursor.LastId, cursor.LastQueue, offset), cancel);
    }

    private static JobPage Finish(PageFill page, long total, PageCursor? next) => new()
    {
        Jobs = page.Rows,
        Next = next?.Write(),
        Total = total,
        Scanned = page.Scanned,
        ScanStopped = page.ScanStopped,
    };
}
