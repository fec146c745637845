using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Worker;

/// <summary>Sends progress and log lines of all running jobs together, at most four times a second.</summary>
internal sealed class JobReports(JobRedis redis, string workerId, ILogger<JobReports> logger) : IDisposable
{
    private const int MaxJobsPerCall = 100;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);
    private static readonly RedisScript s_progress = RedisScript.Load("progress");
    private readonly ConcurrentDictionary<RunningJob, bool> _dirty = new();
    private readonly Signal _signal = new();
    // News that one sender has taken must be in Redis before a job's end is sent.
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Notes that a job has something new to say.</summary>
    public void Add(RunningJob job)
    {
        if (_dirty.TryAdd(job, true))
            _signal.Set();
    }

    /// <summary>Sends until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            await _signal.WaitAsync(Timeout.InfiniteTimeSpan, cancel);
            foreach (var jobs in _dirty.Keys.Chunk(MaxJobsPerCall))
                await SendAsync(jobs);
            await Task.Delay(s_interval, cancel);
        }
    }

    /// <summary>Sends what one job has left to say, before its end is sent.</summary>
    public ValueTask FlushAsync(RunningJob job) => _dirty.IsEmpty && _gate.CurrentCount == 1 ? default : new ValueTask(SendAsync([job]));

    private async Task SendAsync(IReadOnlyList<RunningJob> jobs)
    {
        await _gate.WaitAsync();
        try
        {
            await SendInTurnAsync(jobs);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task SendInTurnAsync(IReadOnlyList<RunningJob> jobs)
    {
        var arguments = new List<RedisValue> { workerId };
        foreach (var job in jobs)
        {
            _dirty.TryRemove(job, out _);
            if (job.News.Take() is { IsEmpty: false } news)
                Write(arguments, job, news);
        }
        if (arguments.Count == 1)
            return;
        try
        {
            await redis.EvalAsync(s_progress, [.. arguments]);
        }
        catch (JobStorageException e)
        {
            logger.ReportsLost(e, jobs.Count);
        }
    }

    private static void Write(List<RedisValue> arguments, RunningJob job, JobNews.Batch news)
    {
        arguments.AddRange([job.JobId, job.Claimed.Token, job.Queue, job.EventName, job.Attempt]);
        arguments.Add(news.Percent?.ToString("0.##", CultureInfo.InvariantCulture) ?? "");
        arguments.AddRange([news.Text, news.Lines.Count]);
        foreach (var line in news.Lines)
            arguments.AddRange([line.AgeMilliseconds, LevelName(line.Level), line.Text]);
    }

    private static string LevelName(JobLogLevel level) => level switch
    {
        JobLogLevel.Warning => "warning",
        JobLogLevel.Error => "error",
        _ => "info",
    };

    public void Dispose()
    {
        _signal.Dispose();
        _gate.Dispose();
    }
}
