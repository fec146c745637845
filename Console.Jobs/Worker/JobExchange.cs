using System.Globalization;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Worker;

/// <summary>What came back from one exchange.</summary>
/// <param name="Refused">Outcomes that changed nothing: token, why.</param>
/// <param name="Jobs">Jobs that are ours now.</param>
/// <param name="NextTurn">When the next job that a rate limit holds back has its turn, or null.</param>
/// <param name="LockedIds">Waiting ids that another client has locked for the moment.</param>
/// <param name="Damaged">Waiting ids whose keys cannot be read as a job: id, fault.</param>
internal sealed record ExchangeAnswer(IReadOnlyList<(string Token, string Why)> Refused, IReadOnlyList<ClaimedJob> Jobs, TimeSpan? NextTurn, int LockedIds, IReadOnlyList<(string Id, string Fault)> Damaged);

/// <summary>Speaks the finish script: ends attempts and claims jobs in one call. See <c>Scripts/finish.lua</c>.</summary>
internal sealed class JobExchange(JobRedis redis, string workerId, JobWorkerOptions options, WorkerCatalogue catalogue)
{
    // A job that is not of the same kind as the one before it has two more fields.
    private const int FieldsPerJob = 7;
    private const int TypeField = 6;
    private static readonly RedisValue s_asBefore = "=";
    private static readonly RedisScript s_finish = RedisScript.Load("finish");
    private static readonly RedisScript s_giveBack = RedisScript.Load("giveback");
    private readonly string _tokenPrefix = Guid.NewGuid().ToString("N")[..12] + "-";
    private readonly RedisValue[] _limits = [.. LimitsOf(catalogue)];
    private long _tokens;

    /// <summary>Numbers the tokens of one claim, so that a claim whose answer was lost can be found again.</summary>
    public long ReserveTokens(int count) => Interlocked.Add(ref _tokens, count) - count;

    /// <summary>Sends outcomes and asks for jobs.</summary>
    /// <exception cref="JobStorageException">Redis is away; what was sent may or may not have been applied.</exception>
    public async Task<ExchangeAnswer> SendAsync(IReadOnlyList<string> queues, int wanted, long firstToken, IReadOnlyList<EndedJob> ended)
    {
        var arguments = new ScriptArguments(8 + queues.Count + _limits.Length + ended.Sum(CountOf));
        arguments.Add([workerId, wanted, options.LeaseSeconds * 1_000, options.KeepSucceededMinutes * 60_000L, _tokenPrefix, firstToken, queues.Count]);
        foreach (var queue in queues)
            arguments.Add(queue);
        arguments.Add(_limits);
        arguments.Add(ended.Count);
        foreach (var job in ended)
            Write(arguments, job);
        return Read((RedisResult[])await redis.EvalAsync(s_finish, arguments.Values), wanted, firstToken);
    }

    /// <summary>Gives back jobs of a claim whose answer never came: they are ours in Redis, and nobody runs them.</summary>
    public async Task<int> GiveBackAsync(long firstToken, int count) =>
        (int)await redis.EvalAsync(s_giveBack, [workerId, _tokenPrefix, firstToken, firstToken + count - 1]);

    private static IEnumerable<RedisValue> LimitsOf(WorkerCatalogue catalogue)
    {
        var limited = catalogue.Jobs.Where(job => job.Type.RateStarts > 0).DistinctBy(job => job.EventName).ToArray();
        yield return limited.Length;
        foreach (var job in limited)
        {
            yield return job.EventName;
            yield return job.Type.RateStarts;
            yield return job.Type.RatePeriodSeconds * 1_000L;
        }
    }

    private static void Write(ScriptArguments arguments, EndedJob ended)
    {
        var job = ended.Job;
        arguments.Add(KindOf(ended.Outcome));
        arguments.Add(job.Id);
        arguments.Add(job.Token);
        arguments.Add(job.Queue);
        arguments.Add(ended.EventName.Length > 0 ? ended.EventName : TypeNames.Name(job.Type, job.Method));
        arguments.Add(job.Attempt);
        arguments.Add(job.WaitMilliseconds);
        arguments.Add(ended.RunMilliseconds);
        WriteRest(arguments, ended.Outcome);
    }

    private static void WriteRest(ScriptArguments arguments, JobOutcome outcome)
    {
        switch (outcome)
        {
            case JobOutcome.Succeeded succeeded:
                arguments.Add(succeeded.ResultJson);
                break;
            case JobOutcome.Retry retry:
                arguments.Add(retry.Reason);
                WriteError(arguments, retry.Error);
                arguments.Add(retry.Retries);
                arguments.Add((long)Math.Ceiling(retry.Delay.TotalMilliseconds));
                break;
            case JobOutcome.Failed failed:
                arguments.Add(failed.Reason);
                WriteError(arguments, failed.Error);
                break;
            case JobOutcome.Deleted deleted:
                arguments.Add(deleted.Reason);
                arguments.Add(deleted.By);
                break;
            case JobOutcome.GivenBack given:
                arguments.Add(given.Reason);
                break;
        }
    }

    private static void WriteError(ScriptArguments arguments, JobError error)
    {
        arguments.Add(error.Type);
        arguments.Add(error.Message);
        arguments.Add(error.Details);
    }

    private static int CountOf(EndedJob ended) => 8 + ended.Outcome switch
    {
        JobOutcome.Retry => 6,
        JobOutcome.Failed => 4,
        JobOutcome.Deleted => 2,
        _ => 1,
    };

    private static string KindOf(JobOutcome outcome) => outcome switch
    {
        JobOutcome.Succeeded => "s",
        JobOutcome.Retry => "r",
        JobOutcome.Failed => "f",
        JobOutcome.Deleted => "d",
        _ => "g",
    };

    private ExchangeAnswer Read(RedisResult[] answer, int wanted, long firstToken)
    {
        var due = (long)answer[2];
        return new ExchangeAnswer(ReadPairs((RedisValue[])answer[0]), ReadJobs((RedisValue[])answer[1], wanted, firstToken), due < 0 ? null : TimeSpan.FromMilliseconds(due), (int)answer[3], ReadPairs((RedisValue[])answer[4]));
    }

    private static (string, string)[] ReadPairs(RedisValue[] values)
    {
        var pairs = values.Length == 0 ? [] : new (string, string)[values.Length / 2];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = ((string)values[2 * i]!, (string)values[2 * i + 1]!);
        return pairs;
    }

    private List<ClaimedJob> ReadJobs(ReadOnlySpan<RedisValue> fields, int wanted, long firstToken)
    {
        var jobs = new List<ClaimedJob>(wanted);
        var (type, method, parameterTypes) = ("", "", "");
        while (fields.Length > 0)
        {
            var isAsBefore = fields[TypeField] == s_asBefore;
            if (!isAsBefore)
                (type, method, parameterTypes) = (fields[TypeField]!, fields[TypeField + 1]!, fields[TypeField + 2]!);
            jobs.Add(new ClaimedJob(fields[0]!, Token(firstToken + jobs.Count), fields[1]!, (int)fields[2], Number(fields[3]), (long)fields[4], type, method, parameterTypes, fields[5]!));
            fields = fields[(isAsBefore ? FieldsPerJob : FieldsPerJob + 2)..];
        }
        return jobs;
    }

    private string Token(long number) => _tokenPrefix + number.ToString(CultureInfo.InvariantCulture);

    // RetryCount is a foreign host's text: what is no number counts as no retry.
    private static int Number(RedisValue text) =>
        int.TryParse((string?)text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
