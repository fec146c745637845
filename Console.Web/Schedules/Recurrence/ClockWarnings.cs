namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>Changes of the clocks in the next years that skip or repeat a moment: per kind the first of them, and how many there are.</summary>
internal static class ClockWarnings
{
    private const int Years = 5;

    public static IEnumerable<string> Of(Timetable timetable, DateTimeOffset now) =>
        timetable.ClockEffects(now, now.AddYears(Years)).GroupBy(effect => effect.Kind).Select(kind => Message(kind.First(), kind.Count()));

    private static string Message(ClockEffect first, int count)
    {
        var direction = first.ClocksTo > first.ClocksFrom ? "forward" : "back";
        var clocks = $"On {Phrases.Date(first.Planned)} the clocks go {direction} from {Phrases.TimeOf(first.ClocksFrom)} to {Phrases.TimeOf(first.ClocksTo)}";
        var planned = Phrases.TimeOf(first.Planned);
        var effect = first.Kind switch
        {
            ClockEffectKind.Moved => $"{planned} does not exist and runs at {Phrases.TimeOf(first.ClocksTo)}",
            ClockEffectKind.LeftOut => $"{planned} does not exist and does not run",
            ClockEffectKind.Once => $"{planned} comes twice and runs the first time only",
            _ => $"{planned} comes twice and runs both times",
        };
        return $"{clocks}: {effect}.{(count > 1 ? $" The same happens {count - 1} more time{(count == 2 ? "" : "s")} in the next {Years} years." : "")}";
    }
}
