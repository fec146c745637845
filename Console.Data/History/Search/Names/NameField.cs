namespace OpsConsole.Data.History.Search.Names;

/// <summary>Fields whose names are kept. Stored as a number: never renumber.</summary>
public enum NameField : short
{
    Type = 1,
    Queue = 2,
    Host = 3,
    Version = 4,
    Worker = 5,
    Tag = 6,
    Owner = 7,
    ErrorType = 8,
    /// <summary>Which types came through which queues: <see cref="NameFields.Pair"/>.</summary>
    TypeAndQueue = 9,
}

public static class NameFields
{
    /// <summary>More of one field are not kept: somebody puts ids into tags.</summary>
    public const int Most = 5_000;

    /// <summary>Longer ones are not kept.</summary>
    public const int LongestName = 500;

    /// <summary>Null for fields whose values are not kept.</summary>
    public static NameField? Of(QueryField field) => field switch
    {
        QueryField.Type => NameField.Type,
        QueryField.Queue => NameField.Queue,
        QueryField.Host => NameField.Host,
        QueryField.Version => NameField.Version,
        QueryField.Worker => NameField.Worker,
        QueryField.Tag => NameField.Tag,
        QueryField.Owner => NameField.Owner,
        QueryField.Error => NameField.ErrorType,
        _ => null,
    };

    /// <summary>Two names as one. Should a name have the character between them, some pairs look like others: then one is looked for in vain, and none is overlooked.</summary>
    public static string Pair(string type, string queue) => $"{type}\u001F{queue}";

    public static IEnumerable<(NameField Field, string Name)> Of(AttemptRow attempt)
    {
        yield return (NameField.Type, attempt.Type);
        yield return (NameField.Queue, attempt.Queue);
        yield return (NameField.Host, attempt.Host);
        yield return (NameField.Version, attempt.Version);
        yield return (NameField.Worker, attempt.Worker);
        yield return (NameField.Owner, attempt.Owner);
        yield return (NameField.ErrorType, attempt.ErrorType ?? "");
        yield return (NameField.TypeAndQueue, Pair(attempt.Type, attempt.Queue));
        foreach (var tag in attempt.Tags)
            yield return (NameField.Tag, tag);
    }
}
