using System.Collections.Frozen;

namespace OpsConsole.Data.History.Search;

/// <summary>A field of the grammar, for the parser, for completion and for whoever explains it.</summary>
/// <param name="Name">As it is typed, before the colon.</param>
/// <param name="About">What it asks, in a few words.</param>
/// <param name="Example">A whole term.</param>
/// <param name="Aliases">Other words for it.</param>
public sealed record QueryFieldInfo(QueryField Field, string Name, QueryFieldKind Kind, string About, string Example, params string[] Aliases);

/// <summary>All fields that can be typed.</summary>
public static class QueryFields
{
    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<QueryFieldInfo> All { get; } =
    [
        new(QueryField.Type, "type", QueryFieldKind.Name, "job type", "type:reports.*"),
        new(QueryField.Queue, "queue", QueryFieldKind.Name, "queue", "queue:reports"),
        new(QueryField.State, "state", QueryFieldKind.State, "where the job stands or how it ended", "state:failed,retrying"),
        new(QueryField.Worker, "worker", QueryFieldKind.Name, "worker that ran it", "worker:web-3*"),
        new(QueryField.Tag, "tag", QueryFieldKind.Name, "tag of the job", "tag:acme"),
        new(QueryField.Args, "args", QueryFieldKind.Argument, "value within the arguments", "args.customer:42", "arg"),
        new(QueryField.Error, "error", QueryFieldKind.Text, "part of the exception's type or message", "error:timeout"),
        new(QueryField.Since, "since", QueryFieldKind.Moment, "from then on", "since:2d", "from", "after"),
        new(QueryField.Until, "until", QueryFieldKind.Moment, "up to then", "until:yesterday", "to", "before"),
        new(QueryField.Run, "run", QueryFieldKind.Duration, "how long it ran", "run>30s", "took"),
        new(QueryField.Wait, "wait", QueryFieldKind.Duration, "how long it was in the queue", "wait>5m", "waited"),
        new(QueryField.Id, "id", QueryFieldKind.Name, "job id", "id:3e81b7c0*", "job"),
        new(QueryField.Host, "host", QueryFieldKind.Name, "machine of the worker", "host:jobs-eu-1"),
        new(QueryField.Version, "version", QueryFieldKind.Name, "version of the job host", "version:4.18.*"),
        new(QueryField.Owner, "owner", QueryFieldKind.Name, "owner of its schedule", "owner:me"),
        new(QueryField.Schedule, "schedule", QueryFieldKind.Name, "schedule that made it, by name or id", "schedule:\"Nightly report\""),
        new(QueryField.Group, "group", QueryFieldKind.Key, "failure group, by id", "group:0d9f7f4e-8a3c-4f52-9d6e-2f6c1b7a9e10"),
        new(QueryField.Parent, "parent", QueryFieldKind.Name, "job that it followed", "parent:3e81b7c0*"),
        new(QueryField.Message, "message", QueryFieldKind.Text, "part of the exception's message", "message:\"not found\""),
        new(QueryField.Reason, "reason", QueryFieldKind.Text, "part of the reason stored with its state", "reason:duplicate"),
        new(QueryField.Result, "result", QueryFieldKind.Text, "part of its result", "result:\"no rows\""),
        new(QueryField.Attempt, "attempt", QueryFieldKind.Number, "number of the attempt, from 1", "attempt>1", "attempts"),
        new(QueryField.Outcome, "outcome", QueryFieldKind.Outcome, "how an attempt ended", "outcome:failure"),
    ];

    private static readonly FrozenDictionary<string, QueryFieldInfo> ByName =
        All.SelectMany(field => field.Aliases.Append(field.Name).Select(name => KeyValuePair.Create(name, field))).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<QueryField, QueryFieldInfo> ByField = All.ToFrozenDictionary(info => info.Field);

    /// <summary>By its name or another word for it, in any case; null when there is none.</summary>
    public static QueryFieldInfo? Find(string name) => ByName.GetValueOrDefault(name);

    /// <exception cref="KeyNotFoundException">For words without a field.</exception>
    public static QueryFieldInfo Of(QueryField field) => ByField[field];

    /// <summary>The field that was meant, when it is off by little.</summary>
    internal static QueryFieldInfo? Nearest(string name) =>
        name.Length > 20 ? null : All.Select(field => (Field: field, Distance: Distance(name.ToLowerInvariant(), field.Name)))
            .Where(near => near.Distance <= Math.Min(2, near.Field.Name.Length / 2)).OrderBy(near => near.Distance).Select(near => near.Field).FirstOrDefault();

    /// <summary>Letters to add, drop, change or swap with their neighbour.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            for (var j = 0; j <= b.Length; j++)
            {
                d[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        return d[a.Length, b.Length];
    }
}
