using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace OpsConsole.Bench.Ingest;

/// <summary>
/// Writes what workers write: jobs with arguments, history and result, and the three events of each (enqueued, processing, ended; one in
/// twenty fails). Their keys expire soon, as otherwise millions of them would fill Redis.
/// </summary>
internal sealed class EventMaker(BenchHost host)
{
    public const int EventsPerJob = 3;
    private const int JobsPerCall = 200;
    private const int CallsUnderWay = 4;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(50);

    // Not a script of the protocol: it makes in one go what takes workers many calls, so that they do not take part in what is measured.
    private const string Script = """
        local P, first, count, keep = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local clock = redis.call('TIME')
        local ms = string.format('%.0f', tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000))
        local function event(kind, id, before, worker, details)
          redis.call('XADD', P .. 'ops:events', '*', 'e', kind, 'id', id, 't', 'OpsConsole.Bench.BenchJobs.Mark', 'q', 'default', 's', before, 'w', worker, 'd', details)
        end
        for i = first, first + count - 1 do
          local id, worker = 'made-' .. i, 'bench-' .. (i % 10) .. ':1:00000000-0000-0000-0000-000000000000'
          local job, failed = P .. 'job:' .. id, i % 20 == 0
          local args = cjson.encode({ cjson.encode('customer-' .. (i % 5000) .. ' with a note that is as long as notes are'), cjson.encode(cjson.null) })
          redis.call('HSET', job, 'Type', 'OpsConsole.Bench.BenchJobs, OpsConsole.Bench', 'Method', 'Mark', 'ParameterTypes', '["System.String","OpsConsole.Jobs.JobContext, OpsConsole.Jobs"]',
            'Arguments', args, 'CreatedAt', ms, 'Attempt', 1, 'State', failed and 'Failed' or 'Succeeded', 'Tags', '["acme"]')
          local ended = failed and '"State":"Failed","ExceptionType":"System.TimeoutException","ExceptionMessage":"Order ' .. i .. ' was not answered within 30 s.","ExceptionDetails":"System.TimeoutException: Order ' .. i
              .. ' was not answered within 30 s.\\n   at Shop.Orders.SendAsync(Order order) in Orders.cs:line 42\\n   at Shop.Jobs.Run()"' or '"State":"Succeeded","Result":"{\\"rows\\":' .. i .. '}"'
          redis.call('RPUSH', job .. ':history', '{"EnqueuedAt":"' .. ms .. '","State":"Enqueued","CreatedAt":"' .. ms .. '"}',
            '{"StartedAt":"' .. ms .. '","ServerId":"' .. worker .. '","State":"Processing","CreatedAt":"' .. ms .. '"}', '{' .. ended .. ',"CreatedAt":"' .. ms .. '"}')
          redis.call('EXPIRE', job, keep)
          redis.call('EXPIRE', job .. ':history', keep)
          event('enqueued', id, '', '', '')
          event('processing', id, 'Enqueued', worker, '{"attempt":1,"wait":12}')
          if failed then event('failed', id, 'Processing', worker, '{"attempt":1,"run":830,"error":"System.TimeoutException","message":"Order ' .. i .. ' was not answered within 30 s.","reason":"r"}')
          else event('succeeded', id, 'Processing', worker, '{"attempt":1,"wait":12,"run":' .. (i % 900) .. '}') end
        end
        return 1
        """;

    /// <summary>Jobs made so far.</summary>
    public long Jobs { get; private set; }

    public long Events => Jobs * EventsPerJob;

    /// <summary>As fast as Redis takes them.</summary>
    public async Task BurstAsync(long events)
    {
        for (var left = events / EventsPerJob; left > 0; left -= JobsPerCall * CallsUnderWay)
            await MakeAsync((int)Math.Min(left, JobsPerCall * CallsUnderWay));
    }

    /// <summary>So many a second, for as long as it takes; held up while the caller says so.</summary>
    public async Task SteadyAsync(long events, double perSecond, Func<bool> mayGoOn)
    {
        var (since, made) = (Stopwatch.GetTimestamp(), 0L);
        while (made < events)
        {
            var due = Math.Min(events, (long)(Stopwatch.GetElapsedTime(since).TotalSeconds * perSecond)) - made;
            if (due < EventsPerJob * JobsPerCall && events - made > due || !mayGoOn())
            {
                await Task.Delay(Turn);
                continue;
            }
            if (due < EventsPerJob)
                return;
            var jobs = (int)Math.Min(due / EventsPerJob, JobsPerCall * CallsUnderWay);
            await MakeAsync(jobs);
            made += jobs * EventsPerJob;
        }
    }

    private async Task MakeAsync(int jobs)
    {
        var calls = new List<Task>();
        for (var at = 0; at < jobs; at += JobsPerCall)
        {
            var (first, count) = (Jobs + at, Math.Min(JobsPerCall, jobs - at));
            calls.Add(host.Redis.RunAsync("making events", database => database.ScriptEvaluateAsync(Script, [host.Redis.Keys.Prefix],
                [first.ToString(CultureInfo.InvariantCulture), (RedisValue)count, 60])));
        }
        await Task.WhenAll(calls);
        Jobs += jobs;
    }
}
