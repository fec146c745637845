using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Chaos;

/// <summary>An entry of the stream of events, as far as experiments look at it.</summary>
/// <param name="Kind">As <c>succeeded</c>.</param>
/// <param name="Subject">Id of the job or worker.</param>
/// <param name="Worker">Id of the worker.</param>
/// <param name="Details">JSON, or empty.</param>
internal sealed record StreamEvent(string Kind, string Subject, string Worker, string Details)
{
    private const int PageSize = 5_000;

    /// <summary>All that is in the stream, oldest first.</summary>
    public static async Task<IReadOnlyList<StreamEvent>> ReadAllAsync(JobRedis redis)
    {
        var events = new List<StreamEvent>();
        for (var from = "-"; ;)
        {
            var page = (RedisResult[])(await redis.RunAsync("XRANGE", database => database.ExecuteAsync("XRANGE", redis.Keys.Events, from, "+", "COUNT", PageSize)))!;
            events.AddRange(page.Select(entry => (string[])((RedisResult[])entry!)[1]!).Select(fields => new StreamEvent(fields[1], fields[3], fields[11], fields[13])));
            if (page.Length < PageSize)
                return events;
            from = "(" + (string)((RedisResult[])page[^1]!)[0]!;
        }
    }
}
