using System.Globalization;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Reads the list of findings.</summary>
internal static class FindingReader
{
    public static async Task<IReadOnlyList<Finding>> ReadAsync(JobRedis redis, int limit, string? before, DateTimeOffset? since, CancellationToken cancel)
    {
        var newest = before is null ? "+" : IsPosition(before) ? "(" + before : "-";
        var oldest = since?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? "-";
        var reply = await redis.RunAsync("XREVRANGE " + redis.Keys.Findings, database => database.ExecuteAsync("XREVRANGE", (RedisKey)redis.Keys.Findings, newest, oldest, "COUNT", limit), cancel);
        return [.. Reply.List(reply).Select(entry => Of(Reply.List(entry)))];
    }

    private static Finding Of(RedisResult[] entry)
    {
        var (position, fields) = (Reply.Text(entry[0]), Reply.Hash(entry[1]));
        var at = StoredTime.Read(position.Split('-')[0]) ?? DateTimeOffset.UnixEpoch;
        string Text(string name) => fields.GetValueOrDefault(name, "");
        return new Finding
        {
            Position = position,
            Kind = Text("kind"),
            Subject = Text("subject"),
            JobId = Text("job"),
            Place = Text("place"),
            IsQuarantined = Text("how") == "quarantined",
            Did = Text("did"),
            FoundAt = StoredTime.Read(Text("seen")) ?? at,
            At = at,
        };
    }

    private static bool IsPosition(string text) => text.Split('-') is [var ms, var number] && ulong.TryParse(ms, NumberStyles.None, CultureInfo.InvariantCulture, out _) && ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
