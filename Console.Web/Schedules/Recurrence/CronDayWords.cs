namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>The days of a cron line in words: "on Mondays", "on the last day of the month in March"; empty for every day.</summary>
internal static class CronDayWords
{
    private static readonly int[] FromMonday = [1, 2, 3, 4, 5, 6, 0];

    public static string Describe(CronSyntax syntax)
    {
        var months = new ValueSet(syntax.Months);
        var inMonths = months.IsAll ? "" : $" in {MonthsOf(months)}";
        var ofMonth = syntax.DaysOfMonth.IsEvery ? null : DaysOfMonth(syntax.DaysOfMonth, months);
        var ofWeek = syntax.DaysOfWeek.IsEvery ? null : DaysOfWeek(syntax.DaysOfWeek);
        return (ofMonth, ofWeek) switch
        {
            (null, null) => inMonths,
            (null, { } week) => $" {week}{inMonths}",
            ({ } month, null) => OneDate(syntax, months) is { } date ? $" on {date}" : $" {month}{inMonths}",
            ({ } month, { } week) => $" {month}, and also {week}" + (inMonths.Length == 0 ? "" : $", both{inMonths}"),
        };
    }

    /// <summary>"25 December".</summary>
    private static string? OneDate(CronSyntax syntax, ValueSet months) =>
        months.Count == 1 && syntax.DaysOfMonth.Terms is [{ Kind: CronTermKind.Value } day]
            ? $"{day.From} {Phrases.Months[months.First - 1]}{(day.From == 29 && months.First == 2 ? " (in leap years)" : "")}"
            : null;

    private static string MonthsOf(ValueSet months) =>
        Phrases.List(months.Runs.SelectMany(run => run.To - run.From < 2
            ? Enumerable.Range(run.From, run.To - run.From + 1).Select(month => Phrases.Months[month - 1])
            : [$"{Phrases.Months[run.From - 1]} to {Phrases.Months[run.To - 1]}"]));

    private static string DaysOfMonth(CronFieldTerms field, ValueSet months)
    {
        var plain = new ValueSet(field);
        var parts = new List<string>();
        if (plain.Count > 0)
            parts.Add($"on {Plain(plain)} of the month{Lacking(plain, months)}");
        parts.AddRange(field.Terms.Where(term => term.DependsOnMonth).Distinct().Select(Special));
        return Phrases.List(parts);
    }

    private static string Plain(ValueSet days) => days switch
    {
        { IsAll: true } => "every day",
        { Count: > 4, Step: > 1 and var step } => $"every {Phrases.Numeral(step)} day from day {days.First} to day {days.Last}",
        _ => Phrases.Values("day", days),
    };

    private static string Lacking(ValueSet days, ValueSet months)
    {
        var shortest = months.Values.Min(month => DateTime.DaysInMonth(2023, month));
        return days.IsAll || days.Last <= shortest ? "" : " (where the month has it)";
    }

    private static string Special(CronTerm term) => term switch
    {
        { Kind: CronTermKind.LastDay, From: 0 } => "on the last day of the month",
        { Kind: CronTermKind.LastDay } => $"on {BeforeLast(term.From)}",
        { Kind: CronTermKind.LastWeekday, From: 0 } => "on the last weekday (Monday to Friday) of the month",
        { Kind: CronTermKind.LastWeekday } => $"on the weekday (Monday to Friday) nearest to {BeforeLast(term.From)}",
        _ => $"on the weekday (Monday to Friday) nearest to day {term.From} of the month{(term.From > 28 ? " (where the month has it)" : "")}",
    };

    private static string BeforeLast(int distance) =>
        $"the {(distance == 1 ? "" : $"{Phrases.Numeral(distance)} ")}day before the last day of the month{(distance > 27 ? " (where the month has it)" : "")}";

    private static string DaysOfWeek(CronFieldTerms field)
    {
        var mask = field.Mask;
        var days = FromMonday.Where(day => (mask >> day & 1) != 0).ToList();
        var parts = new List<string>();
        if (days.Count > 0)
            parts.Add(days.Count == 7 ? "on every day of the week" : $"on {Plain(days)}");
        parts.AddRange(field.Terms.Where(term => term.DependsOnMonth).Distinct().Select(term => term.Kind == CronTermKind.LastOfWeek
            ? $"on the last {Phrases.Weekdays[term.From]} of the month"
            : $"on the {Phrases.Ordinal(term.To)} {Phrases.Weekdays[term.From]} of the month{(term.To == 5 ? " (where the month has one)" : "")}"));
        return Phrases.List(parts);
    }

    /// <summary>Three or more days that follow each other become a range, also over the end of the week.</summary>
    private static string Plain(List<int> days)
    {
        var first = days.FirstOrDefault(day => !days.Contains((day + 6) % 7));
        var isRun = days.Count > 2 && Enumerable.Range(first, days.Count).All(day => days.Contains(day % 7));
        return isRun
            ? $"{Phrases.Weekdays[first]}s to {Phrases.Weekdays[(first + days.Count - 1) % 7]}s"
            : Phrases.List(days.Select(day => Phrases.Weekdays[day] + "s"));
    }
}
