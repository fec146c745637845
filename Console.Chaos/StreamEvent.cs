using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Chaos;

/// <summary>An entry of the stream of events, as far as experiments look at it.</summary>
/// <param name="At">When it was written, in seconds since 1970.</param>
/// <param name="Kind">As <c>succeeded</c>.</param>
/// <param name="Subject">Id of the job or worker.</param>
/// <param name="Worker">Id of the worker.</param>
/// <param name="Details">JSON, or empty.</param>
internal sealed record StreamEvent(double At, string Kind, string Subject, string Worker, string Details)
{
    private const int PageSize = 5_000;

    /// <summary>All that is in the stream, oldest first.</summary>
    public static async Task<IReadOnlyList<StreamEvent>> ReadAllAsync(JobRedis redis)
    {
        var events = new List<JobEvent>();
        for (var from = "-"; ;)
        {
            var page = (RedisResult[])(await redis.RunAsync("XRANGE", database => database.ExecuteAsync("XRANGE", redis.Keys.Events, from, "+", "COUNT", PageSize)))!;
            EventEntry.ReadAll(page, events);
            if (page.Length < PageSize)
                return [.. events.Select(e => new StreamEvent(e.At.ToUnixTimeMilliseconds() / 1e3, e.Kind, e.Subject, e.Worker, e.DetailsJson))];
            from = "(" + (string)((RedisResult[])page[^1]!)[0]!;
        }
    }
}
