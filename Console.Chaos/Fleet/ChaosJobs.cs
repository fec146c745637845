using OpsConsole.Chaos.Ledger;
using OpsConsole.Jobs;

namespace OpsConsole.Chaos.Fleet;

/// <summary>Jobs whose every effect goes to the ledger, under the number of the attempt: it rises with each claim, and so fences.</summary>
public sealed class ChaosJobs(LedgerWriter ledger)
{
    private const int MostBites = 32;

    /// <summary>Queue that goes before <c>default</c>.</summary>
    public const string FirstQueue = "first";

    /// <summary>Takes a while, and then has its effect. Stops when it is told to.</summary>
    [Job("chaos.work"), Retry(Times = 10, Backoff = Backoff.Fixed, DelaySeconds = 1)]
    public async Task Work(int milliseconds, JobContext job)
    {
        ArgumentNullException.ThrowIfNull(job);
        await BeginAsync(job);
        await Task.Delay(milliseconds, job.Cancellation);
        await EffectAsync(job);
    }

    /// <summary>The same, and says meanwhile how far it has come.</summary>
    [Job("chaos.tells"), Retry(Times = 10, Backoff = Backoff.Fixed, DelaySeconds = 1)]
    public async Task Tells(int milliseconds, JobContext job)
    {
        ArgumentNullException.ThrowIfNull(job);
        await BeginAsync(job);
        job.Progress(50, "Half of it.");
        job.Log("There is more to do.");
        await Task.Delay(milliseconds, job.Cancellation);
        await EffectAsync(job);
    }

    /// <summary>The same as the first, but deaf: it goes on to its effect whatever it is told.</summary>
    [Job("chaos.deaf"), Retry(Times = 10, Backoff = Backoff.Fixed, DelaySeconds = 1)]
    public async Task Deaf(int milliseconds, JobContext job)
    {
        ArgumentNullException.ThrowIfNull(job);
        await BeginAsync(job);
        await Task.Delay(milliseconds, CancellationToken.None);
        await EffectAsync(job);
    }

    /// <summary>Fails at its first start, and does its work at the next.</summary>
    [Job("chaos.flaky"), Retry(Times = 10, Backoff = Backoff.Fixed, DelaySeconds = 1)]
    public async Task Flaky(int milliseconds, JobContext job)
    {
        ArgumentNullException.ThrowIfNull(job);
        await BeginAsync(job);
        await Task.Delay(milliseconds, job.Cancellation);
        if (job.Attempt == 1)
            throw new InvalidOperationException("The first start fails.");
        await EffectAsync(job);
    }

    /// <summary>Fails at its first start at a given moment, which many have in common, and does its work at the next.</summary>
    [Job("chaos.together"), Retry]
    public async Task Together(long at, JobContext job)
    {
        ArgumentNullException.ThrowIfNull(job);
        await BeginAsync(job);
        if (job.Attempt == 1)
        {
            var left = DateTimeOffset.FromUnixTimeMilliseconds(at) - DateTimeOffset.UtcNow;
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, job.Cancellation);
            throw new TimeoutException("What all of them call does not answer.");
        }
        await EffectAsync(job);
    }

    /// <summary>Fails for good at its first start; whoever retries it has it done.</summary>
    [Job("chaos.breaks")]
    public async Task Breaks(int milliseconds, JobContext job)
    {
        ArgumentNullException.ThrowIfNull(job);
        await BeginAsync(job);
        await Task.Delay(milliseconds, job.Cancellation);
        if (job.Attempt == 1)
            throw new InvalidOperationException("Somebody has to look at this.");
        await EffectAsync(job);
    }

    /// <summary>Ends its process by <see cref="Environment.FailFast(string)"/>.</summary>
    [Job("poison.fail-fast", Queue = FirstQueue)]
    public async Task FailFast(JobContext job)
    {
        ArgumentNullException.ThrowIfNull(job);
        await BeginAsync(job);
        Environment.FailFast("A poisonous job.");
    }

    /// <summary>Ends its process by a stack that has no end.</summary>
    [Job("poison.overflow", Queue = FirstQueue)]
    public async Task Overflow(JobContext job)
    {
        ArgumentNullException.ThrowIfNull(job);
        await BeginAsync(job);
        Recurse(0);
    }

    /// <summary>Takes more memory than its process may have, and keeps it until that is killed for it.</summary>
    [Job("poison.eat", Queue = FirstQueue)]
    public async Task Eat(JobContext job)
    {
        ArgumentNullException.ThrowIfNull(job);
        await BeginAsync(job);
        var eaten = new List<byte[]>();
        // On a busy machine whoever looks after the process is late; the machine itself should not die of it.
        while (eaten.Count < MostBites)
        {
            var bite = new byte[32 * 1024 * 1024];
            Array.Fill(bite, (byte)1);
            eaten.Add(bite);
            await Task.Delay(10, CancellationToken.None);
        }
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
        GC.KeepAlive(eaten);
    }

    private static int Recurse(int depth) => depth < 0 ? 0 : Recurse(depth + 1) + 1;

    private async Task BeginAsync(JobContext job)
    {
        if (!await ledger.BeginAsync(job.JobId, job.Attempt))
            throw new StaleTokenException(job);
    }

    private async Task EffectAsync(JobContext job)
    {
        if (!await ledger.EffectAsync(job.JobId, job.Attempt))
            throw new StaleTokenException(job);
    }
}
