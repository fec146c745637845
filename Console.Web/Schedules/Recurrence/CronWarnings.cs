namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>Warnings that follow from a cron line alone.</summary>
internal static class CronWarnings
{
    public static IEnumerable<string> Of(CronSyntax syntax)
    {
        if (!syntax.DaysOfMonth.IsEvery && !syntax.DaysOfWeek.IsEvery)
            yield return "Both day fields are restricted: a day that fits either of them runs. Put * into one of them if that is not meant.";
        foreach (var field in new[] { syntax.Seconds, syntax.Minutes, syntax.Hours })
        {
            if (Uneven(field) is { } message)
                yield return message;
        }
        if (MissingDay(syntax) is { } missing)
            yield return missing;
    }

    /// <summary>A step over the whole field that does not divide it: the last distance is shorter than the others.</summary>
    private static string? Uneven(CronFieldTerms field)
    {
        if (field.Terms is not [{ Kind: CronTermKind.Every, Step: > 1 and var step }] || (field.Field.Max + 1) % step == 0)
            return null;
        var last = field.Field.Max / step * step;
        var (name, plural) = (field.Field.Name, field.Field.Plural);
        return $"*/{step} begins anew with each {(name == "hour" ? "day" : name == "minute" ? "hour" : "minute")}: after {name} {last} comes {name} 0, only {Count(field.Field.Max + 1 - last, name, plural)} later. An interval keeps the distance.";
    }

    private static string? MissingDay(CronSyntax syntax)
    {
        if (!syntax.DaysOfWeek.IsEvery)
            return syntax.DaysOfMonth.IsEvery && syntax.DaysOfWeek.Terms.All(term => term is { Kind: CronTermKind.NthOfWeek, To: 5 })
                ? "Most months do not have that weekday for a fifth time; it does not run in them. 5L, for example, is the last Friday of every month."
                : null;
        var days = Enumerable.Range(1, 31).Where(day => syntax.DaysOfMonth.Terms.All(term => IsDay(term, day))).ToList();
        var months = new ValueSet(syntax.Months).Values;
        if (days is not [var only] || months.All(month => DateTime.DaysInMonth(2023, month) >= only))
            return null;
        return months is [2]
            ? "29 February exists in leap years only; it does not run in the others."
            : $"Months without a day {only} are left out. L is the last day of every month.";
    }

    private static bool IsDay(CronTerm term, int day) => term.Kind is CronTermKind.Value or CronTermKind.NearestWeekday && term.From == day;

    private static string Count(int count, string name, string plural) => count == 1 ? $"1 {name}" : $"{count} {plural}";
}
