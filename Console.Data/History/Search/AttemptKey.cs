using System.Globalization;

namespace OpsConsole.Data.History.Search;

/// <summary>Place of an attempt in the history: the position of its event. Lists go from newer to older ones.</summary>
public readonly record struct AttemptKey(DateTimeOffset EndedAt, int Sequence)
{
    /// <summary>For addresses.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{EndedAt.ToUnixTimeMilliseconds()}-{Sequence}");

    /// <summary>Null when it is none.</summary>
    public static AttemptKey? Parse(string? text) =>
        text?.Split('-') is [var ms, var sequence]
        && long.TryParse(ms, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < 253_402_300_800_000
        && int.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(DateTimeOffset.FromUnixTimeMilliseconds(at), number)
            : null;
}
