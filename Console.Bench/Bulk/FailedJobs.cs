using System.Globalization;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Bench.Bulk;

/// <summary>Failed jobs as a worker leaves them, written without one.</summary>
internal static class FailedJobs
{
    /// <summary>Writes one job for each id, all of the queue <c>payments</c>, failed at one moment.</summary>
    public static Task WriteAsync(JobRedis redis, IReadOnlyList<string> ids, DateTimeOffset failedAt) => redis.RunAsync("filling", async database =>
    {
        var at = failedAt.ToUnixTimeMilliseconds();
        await Task.WhenAll(ids.SelectMany(id => Write(database, redis.Keys, id, at)));
        return 0;
    });

    private static Task[] Write(IDatabase database, RedisKeys keys, string id, long at) =>
    [
        database.HashSetAsync(keys.Job(id), [new("Type", "Shop.Payments, Shop"), new("Method", "Charge"), new("ParameterTypes", """["System.Int64","System.String"]"""), new("Arguments", string.Create(CultureInfo.InvariantCulture, $"[\"{at}\",\"\\\"eur\\\"\"]")), new("CreatedAt", at), new("State", "Failed"), new("Queue", "payments")]),
        database.HashSetAsync(keys.JobStateData(id), [new("State", "Failed"), new("FailedAt", at), new("ExceptionType", "Shop.PaymentException"), new("ExceptionMessage", "The charge was refused"), new("ExceptionDetails", "Shop.PaymentException: The charge was refused\n   at Shop.Payments.Charge()")]),
        database.ListRightPushAsync(keys.JobHistory(id), $$"""{"FailedAt":"{{at}}","State":"Failed","Reason":null,"CreatedAt":"{{at}}"}"""),
        database.SortedSetAddAsync(keys.Failed, id, at / 1000),
    ];
}
