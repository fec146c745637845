using System.Threading.Channels;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>What was heard and not looked at yet. Bursts melt into one reading.</summary>
internal sealed class PendingChanges
{
    private const int MaxNamed = 1_000;
    private readonly Lock _gate = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private News _news = new();

    public void Add(ScheduleChange change)
    {
        lock (_gate)
        {
            if (change.Kind == ScheduleChangeKind.Requested)
                _news.Requested.Add(change.ScheduleId);
            else if (change.Kind == ScheduleChangeKind.Schedule && _news.Changed.Count < MaxNamed)
                _news.Changed.Add(change.ScheduleId);
            else
                _news.IsMany = true;
            // While nobody listened a calendar may have changed, and runs may have been asked for.
            _news.IsCalendar |= change.Kind is ScheduleChangeKind.Calendar or ScheduleChangeKind.Listening;
            _news.IsRequestedAny |= change.Kind == ScheduleChangeKind.Listening;
        }
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Asks for everything that may have changed. Done, or failed, when that has been read.</summary>
    public Task AddRefresh()
    {
        TaskCompletionSource refreshed;
        lock (_gate)
            refreshed = _news.Refreshed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(new ScheduleChange(ScheduleChangeKind.Listening));
        return refreshed.Task;
    }

    /// <summary>Nothing was heard; it is time to ask.</summary>
    public void AddPoll()
    {
        lock (_gate)
            _news.IsPoll = true;
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Waits until there is something, and takes all of it.</summary>
    public async Task<News> TakeAsync(CancellationToken cancel)
    {
        await _signal.Reader.ReadAsync(cancel);
        lock (_gate)
        {
            var news = _news;
            _news = new News();
            return news;
        }
    }

    internal sealed class News
    {
        public HashSet<Guid> Changed { get; } = [];

        public HashSet<Guid> Requested { get; } = [];

        /// <summary>More changed than is named here.</summary>
        public bool IsMany { get; set; }

        public bool IsPoll { get; set; }

        public bool IsCalendar { get; set; }

        public bool IsRequestedAny { get; set; }

        public TaskCompletionSource? Refreshed { get; set; }
    }
}
