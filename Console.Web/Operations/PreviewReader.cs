using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Operations;

/// <summary>What an operation would do if it began now.</summary>
/// <param name="Source">The set: all of its jobs.</param>
/// <param name="WillAct">Those of them that it would act on, the one that failed last first.</param>
/// <param name="LeftOut">How many are left out, by the reason.</param>
/// <param name="CountedAt">When they were counted.</param>
internal sealed record OperationPreview(SourceJobs Source, IReadOnlyList<string> WillAct, IReadOnlyDictionary<BulkItemState, int> LeftOut, DateTimeOffset CountedAt);

/// <summary>Counts what an operation would touch. Changes nothing.</summary>
internal sealed class PreviewReader(BulkControl control, TimeProvider time)
{
    private const int Rows = 5_000;

    /// <param name="told">Told now and then how many have been looked at.</param>
    public async Task<OperationPreview> CountAsync(SourceJobs source, Action<int> told, CancellationToken cancel)
    {
        var now = await control.GetTimeAsync(cancel);
        var (willAct, leftOut, looked) = (new List<string>(), new Dictionary<BulkItemState, int>(), 0);
        foreach (var chunk in source.Ids.Chunk(Rows))
        {
            foreach (var standing in await control.GetStandingAsync(chunk, cancel))
            {
                if (LeftOutRule.Of(standing, now) is { } why)
                    leftOut[why] = leftOut.GetValueOrDefault(why) + 1;
                else
                    willAct.Add(standing.JobId);
            }
            told(looked += chunk.Length);
        }
        return new OperationPreview(source, willAct, leftOut, time.GetUtcNow());
    }
}
