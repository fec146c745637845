using Microsoft.Extensions.Options;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Worker;

/// <summary>Speaks the scripts as a worker does, and does only what the test says: it can stop answering, or lie.</summary>
internal sealed class FakeWorker
{
    private readonly JobRedis _redis;
    private readonly JobExchange _exchange;

    public FakeWorker(JobRedis redis, string id, JobWorkerOptions? options = null)
    {
        _redis = redis;
        Id = id;
        Catalogue = new WorkerCatalogue(JobMethodReader.JobMethods(typeof(ProbeJobs)).Select(method => (typeof(ProbeJobs), method)), "1.0");
        _exchange = new JobExchange(redis, id, options ?? new JobWorkerOptions(), Catalogue);
    }

    public string Id { get; }

    public WorkerCatalogue Catalogue { get; }

    public Task<ExchangeAnswer> AskAsync(int wanted, params string[] queues) => ExchangeAsync(wanted, queues, []);

    public async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(int wanted, params string[] queues) => (await AskAsync(wanted, queues)).Jobs;

    public Task<ExchangeAnswer> FinishAsync(ClaimedJob job, JobOutcome outcome) =>
        ExchangeAsync(0, [job.Queue], [new EndedJob(job, "Probe", outcome, 7)]);

    public async Task<RedisResult[]> RunAsync(string script, params RedisValue[] arguments) =>
        (RedisResult[])(await _redis.EvalAsync(RedisScript.Load(script), arguments))!;

    public Task<RedisResult[]> RecoverAsync() => RunAsync("recover", 3, 30_000, 100);

    public Task<RedisResult[]> PromoteAsync() => RunAsync("promote-due", 500);

    public static JobOutcome Success(string result = "") => new JobOutcome.Succeeded(result);

    public static JobError Error { get; } = new("System.Exception", "broken \"quoted\"", "System.Exception: broken\n   at X");

    private Task<ExchangeAnswer> ExchangeAsync(int wanted, string[] queues, EndedJob[] ended) =>
        _exchange.SendAsync(queues, wanted, _exchange.ReserveTokens(wanted), ended);
}
