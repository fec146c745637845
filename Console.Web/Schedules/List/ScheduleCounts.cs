using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.List;

/// <summary>What the filters of the list offer, with counts: read once for all who look, since it goes through every schedule.</summary>
public sealed class ScheduleCounts(ScheduleStore store, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan StaysGood = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _one = new(1, 1);
    private ScheduleFacets? _facets;
    private long _readAt;

    /// <param name="anew">After an act, whose viewer wants to see what has come of it.</param>
    public async Task<ScheduleFacets> GetAsync(bool anew = false, CancellationToken cancel = default)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (_facets is { } known && !anew && time.GetElapsedTime(_readAt) < StaysGood) return known;
            _facets = await store.FacetsAsync(cancel);
            _readAt = time.GetTimestamp();
            return _facets;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
