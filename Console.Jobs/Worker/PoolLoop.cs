using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Worker;

/// <summary>
/// Keeps a pool's slots busy. At most two exchanges are under way, so that Redis works while this process runs jobs, and whatever has
/// ended by then goes along with the next exchange. Mostly that is sent by the thread that has just run jobs, because to wake another
/// costs more than a job; the loop sends what nobody else would.
/// </summary>
internal sealed class PoolLoop(WorkerPool pool, JobWorkerOptions options, JobExchange exchange, WorkerCatalogue catalogue, JobStarter starter, JobReports reports, ILogger logger)
{
    private const int MaxExchanges = 2;
    private static readonly TimeSpan s_lockedPause = TimeSpan.FromMilliseconds(20);
    // Half of the slots in each, so that Redis has the one to work on while the jobs of the other run.
    private readonly int _perExchange = Math.Clamp((pool.Slots + 1) / MaxExchanges, 1, 200);
    private readonly ConcurrentQueue<PoolBatch> _unanswered = new();
    private long _nextTurnAt = long.MaxValue;
    private long _restUntil;
    private int _failures;
    private CancellationToken _life;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        _life = cancel;
        while (true)
        {
            if (Rest() is var rest && rest > TimeSpan.Zero)
                await Task.Delay(rest, cancel);
            Send();
            if (!await pool.Signal.WaitAsync(UntilNextQuestion(), cancel))
                AskAgain();
        }
    }

    private void Send()
    {
        while (!_life.IsCancellationRequested && Rest() <= TimeSpan.Zero && TakeBatch() is { } batch)
            _ = ExchangeAsync(batch);
    }

    // While Redis is away every unanswered claim may still be run by it, and would have to be given back: so only one job is asked for.
    private PoolBatch? TakeBatch() => Volatile.Read(ref _failures) == 0
        ? pool.Take(MaxExchanges, _perExchange, _perExchange, exchange.ReserveTokens)
        : pool.Take(1, _perExchange, 1, exchange.ReserveTokens);

    private TimeSpan Rest() => Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), Interlocked.Read(ref _restUntil));

    private TimeSpan UntilNextQuestion()
    {
        var poll = TimeSpan.FromMilliseconds(options.PollMilliseconds);
        var turnAt = Interlocked.Read(ref _nextTurnAt);
        if (turnAt == long.MaxValue)
            return poll;
        var turn = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), turnAt);
        return turn < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : turn < poll ? turn : poll;
    }

    private void AskAgain()
    {
        Interlocked.Exchange(ref _nextTurnAt, long.MaxValue);
        pool.Wake();
    }

    private async Task ExchangeAsync(PoolBatch batch)
    {
        // Never on the caller's thread, also when the answer was there at once: a job may hold the thread for as long as it likes.
        if (await TryExchangeAsync(batch).ConfigureAwait(ConfigureAwaitOptions.ForceYielding) is { } jobs)
        {
            if (!_unanswered.IsEmpty)
                _ = RecallLostClaimsAsync();
            var row = starter.Start(jobs);
            // What others have ended goes along with what this row will have ended: fuller calls cost Redis less for a job. A row that does
            // not get on is noticed within milliseconds; a single job is not watched, and may hold this thread for as long as it likes.
            if (row is null or { IsSingle: true })
                Send();
            row?.Run();
            if (row is not null)
                Send();
        }
        else
        {
            pool.Signal.Set();
        }
    }

    private async Task<RunningJob[]?> TryExchangeAsync(PoolBatch batch)
    {
        var sentAt = Stopwatch.GetTimestamp();
        try
        {
            return Accept(batch, await exchange.SendAsync(pool.Queues, batch.Wanted, batch.FirstToken, batch.Ended), sentAt);
        }
#pragma warning disable CA1031 // The loop must outlive whatever an answer holds; the batch is sent again and the fault is told.
        catch (Exception e)
        {
            KeepForLater(batch, e);
            return null;
        }
#pragma warning restore CA1031
    }

    private RunningJob[] Accept(PoolBatch batch, ExchangeAnswer answer, long sentAt)
    {
        var leaseEndsAt = sentAt + Stamps(TimeSpan.FromSeconds(options.LeaseSeconds));
        var jobs = Running(answer.Jobs, leaseEndsAt);
        var sendAgain = Refused(batch, answer);
        pool.Accept(batch, jobs, sendAgain);
        foreach (var (id, fault) in answer.Damaged)
            logger.JobDamaged(id, pool.Name, fault);
        if (answer.LockedIds > 0)
            AskWithin(s_lockedPause);
        if (answer.NextTurn is { } turn)
            AskWithin(turn);
        if (sendAgain.Count > 0)
            RestFor(s_lockedPause);
        if (Interlocked.Exchange(ref _failures, 0) > 0)
            logger.StorageIsBack(pool.Name);
        return jobs;
    }

    private RunningJob[] Running(IReadOnlyList<ClaimedJob> claimed, long leaseEndsAt)
    {
        var (jobs, startedAt) = (new RunningJob[claimed.Count], Stopwatch.GetTimestamp());
        for (var i = 0; i < jobs.Length; i++)
        {
            var job = claimed[i];
            // The exchange gives texts that are the same as before as the same object.
            var declared = i > 0 && ReferenceEquals(job.Type, claimed[i - 1].Type) && ReferenceEquals(job.ParameterTypes, claimed[i - 1].ParameterTypes) ? jobs[i - 1].Declared : catalogue.Find(job.Type, job.Method, job.ParameterTypes);
            jobs[i] = new RunningJob(job, declared, pool, startedAt, leaseEndsAt, reports.Add);
        }
        return jobs;
    }

    private List<EndedJob> Refused(PoolBatch batch, ExchangeAnswer answer)
    {
        var sendAgain = new List<EndedJob>();
        foreach (var (token, why) in answer.Refused)
        {
            var ended = batch.Ended.First(job => job.Job.Token == token);
            if (why == "locked")
                sendAgain.Add(ended);
            else if (ended.WasSent && why == "token")
                logger.OutcomeWasKnown(ended.Job.Id);
            else
                logger.OutcomeRefused(ended.Job.Id, why);
        }
        return sendAgain;
    }

    private void AskWithin(TimeSpan time)
    {
        var at = Stopwatch.GetTimestamp() + Stamps(time);
        if (at >= Interlocked.Read(ref _nextTurnAt))
            return;
        Interlocked.Exchange(ref _nextTurnAt, at);
        pool.Signal.Set();
    }

    // The loop waits for the end of the rest, and sends then.
    private void RestFor(TimeSpan time)
    {
        Interlocked.Exchange(ref _restUntil, Stopwatch.GetTimestamp() + Stamps(time));
        pool.Signal.Set();
    }

    private void KeepForLater(PoolBatch batch, Exception why)
    {
        pool.Restore(batch);
        if (batch.Wanted > 0)
            _unanswered.Enqueue(batch);
        var failures = Interlocked.Increment(ref _failures);
        var rest = TimeSpan.FromMilliseconds(Math.Min(2_000, 50 * Math.Pow(2, Math.Min(failures, 10))) * (0.75 + Random.Shared.NextDouble() / 2));
        RestFor(rest);
        if (failures == 1)
            logger.StorageIsAway(why, pool.Name, batch.Ended.Count);
    }

    // The connection keeps its order: once a later call is answered, an earlier one has been run or never will be. When another connection
    // has taken over in between, a claim may still be run afterwards: nobody renews it, and its lease ends.
    private async Task RecallLostClaimsAsync()
    {
        while (_unanswered.TryDequeue(out var batch))
        {
            try
            {
                var given = await exchange.GiveBackAsync(batch.FirstToken, batch.Wanted);
                if (given > 0)
                    logger.LostClaimGivenBack(pool.Name, given);
            }
            catch (JobStorageException)
            {
                _unanswered.Enqueue(batch);
                return;
            }
        }
    }

    private static long Stamps(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
