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
    private volatile bool _isOpen;

    /// <summary>Begins to hold news, from now on.</summary>
    public void Open()
    {
        while (_news.Reader.TryRead(out _))
        {
            // Of an earlier term.
        }
        _isOpen = true;
    }

    public void Close() => _isOpen = false;

    /// <summary>Whether news may have been lost since this was asked last.</summary>
    public bool TakeLost() => Interlocked.Exchange(ref _hasLost, 0) == 1;

    public void Apply(IReadOnlyList<JobEvent> events)
    {
        if (!_isOpen)
            return;
        foreach (var e in events)
        {
            if (JobNews.Of(e) is { } news)
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
