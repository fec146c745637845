using OpsConsole.Data;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// Brings what changes in the database into the fire loop: within milliseconds by notification, and by a poll behind it, because a
/// notification can be lost with its connection.
/// </summary>
public sealed class ChangeFeed(
    RunnerTerm term, RunnerLoad load, RunSweep sweep, ScheduleChanges changes, IReadOnlyList<IRunnerPart> parts, int pollSeconds, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private readonly PendingChanges _pending = new();

    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(ListenAsync(cancel), PollAsync(cancel), ApplyAsync(cancel));

    /// <summary>Reads whatever may have changed. Done when the fire loop has it; fails when the database is away.</summary>
    public Task RefreshAsync(CancellationToken cancel) => _pending.AddRefresh().WaitAsync(cancel);

    private async Task ListenAsync(CancellationToken cancel)
    {
        var backOff = new BackOff();
        while (true)
        {
            try
            {
                await foreach (var change in changes.ListenAsync(cancel))
                {
                    _pending.Add(change);
                    backOff.Reset();
                }
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                log.LogWarning("Changes of schedules are not heard ({Error}); they are found by asking until the connection is back.", e.GetBaseException().Message);
            }
            await backOff.WaitAsync(time, cancel);
            cancel.ThrowIfCancellationRequested();
        }
    }

    private async Task PollAsync(CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(pollSeconds), time, cancel);
            _pending.AddPoll();
        }
    }

    private async Task ApplyAsync(CancellationToken cancel)
    {
        while (true)
        {
            var news = await _pending.TakeAsync(cancel);
            try
            {
                await TakeAsync(news, cancel);
                news.Refreshed?.TrySetResult();
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                Log(e);
                news.Refreshed?.TrySetException(e);
                // What was heard and not read is read with everything else that may have changed.
                await Task.Delay(AfterFailure, time, cancel);
                _pending.Add(new ScheduleChange(ScheduleChangeKind.Listening));
            }
        }
    }

    private async Task TakeAsync(PendingChanges.News news, CancellationToken cancel)
    {
        if (news.IsCalendar)
            await load.TakeCalendarsAsync(term, cancel);
        if (news.IsMany || news.IsPoll)
            await load.TakeNewAsync(term, isWide: news.IsMany, cancel);
        await load.TakeAsync(term, news.Changed, cancel);
        await TakeRequestsAsync(news, cancel);
    }

    private async Task TakeRequestsAsync(PendingChanges.News news, CancellationToken cancel)
    {
        if (news.IsRequestedAny)
            sweep.Request();
        if (news.Requested.Count == 0)
            return;
        await sweep.TakeManualAsync(news.Requested, cancel);
        await term.DoAsync(_ => Tell(news.Requested), cancel);
    }

    private void Tell(IReadOnlyCollection<Guid> schedules)
    {
        foreach (var part in parts)
        {
            foreach (var schedule in schedules)
                part.OnRequested(term, schedule);
        }
    }

    private void Log(Exception e)
    {
        if (ConsoleDatabase.IsAway(e))
            log.LogWarning("Changes of schedules could not be read: {Error}", e.GetBaseException().Message);
        else
            log.LogError(e, "Changes of schedules could not be applied; they are looked for again.");
    }
}
