using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Reads replies of scripts, which nest lists and leave out what is missing.</summary>
internal static class Reply
{
    public static RedisResult[] List(RedisResult? reply) => reply is null || reply.IsNull ? [] : (RedisResult[])reply!;

    public static string Text(RedisResult? reply) => reply is null || reply.IsNull ? "" : (string?)reply ?? "";

    public static string? TextOrNull(RedisResult? reply) => reply is null || reply.IsNull ? null : (string?)reply;

    public static long Number(RedisResult? reply) => reply is null || reply.IsNull ? 0 : (long)reply;

    public static List<string> Texts(RedisResult? reply) => [.. List(reply).Select(Text)];

    /// <summary>A flat list of names and texts, as HGETALL gives it.</summary>
    public static Dictionary<string, string> Hash(RedisResult? reply)
    {
        var flat = List(reply);
        var hash = new Dictionary<string, string>(flat.Length / 2, StringComparer.Ordinal);
        for (var i = 0; i + 1 < flat.Length; i += 2)
            hash[Text(flat[i])] = Text(flat[i + 1]);
        return hash;
    }
}
