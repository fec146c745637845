using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;

namespace OpsConsole.Chaos.Faults;

/// <summary>Claims and ends jobs by hand, in a queue of its own, so that they stand still where they are to be harmed.</summary>
internal sealed class HandWorker(JobRedis redis)
{
    // Longer than any experiment: what is claimed stays claimed.
    private readonly JobExchange _exchange = new(redis, "hand:0:0", new JobWorkerOptions { LeaseSeconds = 600 }, new WorkerCatalogue([], "1"));

    public const string Queue = "hand";

    /// <summary>Holds the next job.</summary>
    public async Task<ClaimedJob> ClaimAsync() => (await _exchange.SendAsync([Queue], 1, _exchange.ReserveTokens(1), [])).Jobs.Single();

    public async Task FailAsync() => await EndAsync(new JobOutcome.Failed("Failed by hand.", new JobError("System.Exception", "by hand", "")));

    public async Task SucceedAsync() => await EndAsync(new JobOutcome.Succeeded(""));

    private async Task EndAsync(JobOutcome outcome) => await _exchange.SendAsync([Queue], 0, 0, [new EndedJob(await ClaimAsync(), "by hand", outcome, 1)]);
}
