using System.Globalization;

namespace OpsConsole.Data.History;

/// <summary>The table of the attempts of one class that ended on one day, UTC.</summary>
public readonly record struct DayPartition(RetentionClass Kept, DateOnly Day)
{
    private const string DayFormat = "yyyyMMdd";
    private const string Prefix = "Attempts";

    public static IReadOnlyList<RetentionClass> Classes { get; } = [RetentionClass.Succeeded, RetentionClass.Failed, RetentionClass.Other];

    /// <summary>Table that it is a part of.</summary>
    public string Parent => Prefix + Kept;

    public string Name => Parent + Day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>Bounds of the day as SQL literals.</summary>
    internal (string From, string Until) Bounds => (Bound(Day), Bound(Day.AddDays(1)));

    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    public static HashSet<DayPartition> Of(IReadOnlyList<AttemptRow> attempts)
    {
        var all = new HashSet<DayPartition>();
        foreach (var attempt in attempts)
            all.Add(new DayPartition(attempt.Outcome.RetentionClass(), DayOf(attempt.EndedAt)));
        return all;
    }

    /// <summary>The partition of a table's name; null for the name of any other table.</summary>
    public static DayPartition? Parse(string name)
    {
        foreach (var kept in Classes)
        {
            var parent = Prefix + kept;
            if (name.StartsWith(parent, StringComparison.Ordinal)
                && DateOnly.TryParseExact(name.AsSpan(parent.Length), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return new DayPartition(kept, day);
        }
        return null;
    }

    private static string Bound(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + " 00:00:00+00";
}
