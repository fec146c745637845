using System.Threading.Channels;
using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// Takes out of the event stream what concerns the ledger, and holds it until the ledger has time. It holds a bounded number: what does
/// not fit is found again in Redis.
/// </summary>
public sealed class OutcomeFeed : IJobEventListener
{
    private const int Capacity = 100_000;
    private readonly Channel<JobNews> _news = Channel.CreateBounded<JobNews>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private int _hasLost;
    private long _since = long.MaxValue;

    /// <summary>Begins to hold news. A console that has just started reads back a day of events; what is that old has been looked up instead.</summary>
    /// <param name="since">Older events are left out, by the clock of Redis.</param>
    public void Open(DateTimeOffset since)
    {
        while (_news.Reader.TryRead(out _))
        {
            // Of an earlier term.
        }
        Volatile.Write(ref _since, since.UtcTicks);
    }

    public void Close() => Volatile.Write(ref _since, long.MaxValue);

    /// <summary>Whether news may have been lost since this was asked last.</summary>
    public bool TakeLost() => Interlocked.Exchange(ref _hasLost, 0) == 1;

    public void Apply(IReadOnlyList<JobEvent> events)
    {
        var since = Volatile.Read(ref _since);
        if (since == long.MaxValue)
            return;
        foreach (var e in events)
        {
            if (e.At.UtcTicks >= since && JobNews.Of(e) is { } news)
                Post(news);
        }
    }

    public void OnGap() => Volatile.Write(ref _hasLost, 1);

    /// <summary>Has somebody look whether the ledger has closed this occurrence.</summary>
    public void Look(OccurrenceId id) => Post(new JobNews(id, JobNewsKind.Look, default));

    /// <summary>Waits until there is something.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancel) => _news.Reader.WaitToReadAsync(cancel);

    public List<JobNews> Take(int limit)
    {
        var taken = new List<JobNews>();
        while (taken.Count < limit && _news.Reader.TryRead(out var news))
            taken.Add(news);
        return taken;
    }

    private void Post(JobNews news)
    {
        if (!_news.Writer.TryWrite(news))
            Volatile.Write(ref _hasLost, 1);
    }
}
