using System.Globalization;
using OpsConsole.Bench.History;

namespace OpsConsole.Bench.Search;

/// <summary>A search of the measurement.</summary>
/// <param name="Kind">What it tries; figures are told apart by it when one is slow.</param>
internal sealed record SearchQuestion(string Kind, string Text);

/// <summary>What people search for: frequent and rare things, with what there is none of among them. The same in every run.</summary>
internal sealed class SearchQuestions(IReadOnlyList<string> jobIds)
{
    private readonly Random _random = new(20_261_121);

    /// <summary>Each names a type, a queue, a state or an id, and a range.</summary>
    public IEnumerable<SearchQuestion> Typed(int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            var (type, queue, host) = (Pick(SeedShape.Types).Name, Pick(SeedShape.Types).Queue, Pick(SeedShape.Hosts));
            yield return new("type", $"type:{type} {Range()}");
            yield return new("type with a wildcard", $"type:{type.Split('.')[0]}.* {Range()}");
            yield return new("queue", $"queue:{queue} {Range()}");
            yield return new("state", $"state:{Pick("failed", "retrying", "deleted", "succeeded", "quarantined", "lost,returned")} {Range()}");
            yield return new("id", $"id:{Pick(jobIds)} since:30d");
            yield return new("beginning of an id", $"id:{Pick(jobIds)[..10]}* since:30d");
            yield return new("type and state", $"type:{type} state:failed {Range()}");
            yield return new("type and argument", $"type:{type} args.customer:{_random.Next(1, 20_000)} {Range()}");
            yield return new("queue and argument", $"queue:{queue} args.order.id:A-{_random.Next(1_000_000, 9_999_999)} since:30d");
            yield return new("state and argument", $"state:succeeded args.customer:{_random.Next(1, 20_000)} since:30d");
            yield return new("type and tag", $"type:{type} tag:{Pick(SeedShape.Tenants)} {Range()}");
            yield return new("type without a tag", $"type:{type} -tag:{Pick(SeedShape.Tenants)} {Range()}");
            yield return new("type, host and state", $"type:{type} host:{host} state:retrying {Range()}");
            yield return new("queue and worker", $"queue:{queue} worker:{host}:* {Range()}");
            yield return new("state and error", $"state:failed error:{Pick("timeout", "deadlock", "refused", "zebra")} {Range()}");
            yield return new("queue and error", $"queue:{queue} error:\"{_random.Next(100_000)}\" since:30d");
            yield return new("type and run", $"type:{type} run>{Pick("200ms", "5s", "5m")} {Range()}");
            yield return new("queue and wait", $"queue:{queue} wait>{Pick("100ms", "2s", "1m")} {Range()}");
            yield return new("type and another queue", $"type:{type} queue:{queue} {Range()}");
            yield return new("type or type", $"(type:{type} or type:{Pick(SeedShape.Types).Name}) attempt>1 {Range()}");
            yield return new("type and version", $"type:{type} version:2.{Pick("90", "91", "92", "93")}.* {Range()}");
        }
    }

    /// <summary>Words without a field, over a day.</summary>
    public IEnumerable<SearchQuestion> Words(int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            yield return new("frequent word", $"{Pick(SeedShape.Tenants)} {Day()}");
            yield return new("rare word", $"A-{_random.Next(1_000_000, 9_999_999)} {Day()}");
            yield return new("word of messages", $"{Pick("timeout", "deadlock", "refused", "zebra")} {Day()}");
            yield return new("two words", $"{Pick(SeedShape.Tenants)} \"2026-{_random.Next(1, 13):00}\" {Day()}");
            yield return new("word and negation", $"{Pick(SeedShape.Tenants)} -notifications {Day()}");
            yield return new("short word", $"A-{_random.Next(10, 100)} {Day()}");
        }
    }

    private string Range()
    {
        if (_random.Next(3) > 0) return $"since:{Pick("1h", "1d", "2d", "7d", "14d", "30d", "30d")}";
        var days = _random.Next(2, 28);
        return string.Create(CultureInfo.InvariantCulture, $"since:{days}d until:{days - _random.Next(1, days)}d");
    }

    private string Day()
    {
        var days = _random.Next(0, 29);
        return string.Create(CultureInfo.InvariantCulture, $"since:{days + 1}d until:{days}d");
    }

    private T Pick<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];

    private string Pick(params string[] all) => all[_random.Next(all.Length)];
}
