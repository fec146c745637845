namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>A cron line as it is written, term by term; the evaluator and the words are made from it.</summary>
internal sealed record CronSyntax(
    CronFieldTerms Seconds, CronFieldTerms Minutes, CronFieldTerms Hours, CronFieldTerms DaysOfMonth, CronFieldTerms Months, CronFieldTerms DaysOfWeek);

/// <summary>The terms of one field, and where in the line they stand.</summary>
internal sealed record CronFieldTerms(CronField Field, IReadOnlyList<CronTerm> Terms, int Position, int Length)
{
    /// <summary>True for <c>*</c>, <c>?</c> and <c>*/1</c>: the field asks for nothing.</summary>
    public bool IsEvery => Terms is [{ Kind: CronTermKind.Every, Step: 1 }];

    /// <summary>The values of all plain terms as bits; the terms that depend on the month have none.</summary>
    public ulong Mask => Terms.Aggregate(0UL, (mask, term) => mask | term.MaskIn(Field));
}

/// <summary>One term between commas. What <paramref name="From"/> and <paramref name="To"/> mean depends on the kind.</summary>
internal readonly record struct CronTerm(CronTermKind Kind, int From = 0, int To = 0, int Step = 1)
{
    /// <summary>Which days it names can only be said of a given month.</summary>
    public bool DependsOnMonth => Kind >= CronTermKind.LastDay;

    public ulong MaskIn(CronField field) => Kind switch
    {
        CronTermKind.Every => Steps(field, field.Min, field.LastValue),
        CronTermKind.Value => Bit(field, From),
        CronTermKind.Onward => Steps(field, From, field.LastValue),
        CronTermKind.Range when From <= To => Steps(field, From, To),
        CronTermKind.Range => Steps(field, From, To + field.LastValue - field.Min + 1),
        _ => 0,
    };

    private ulong Steps(CronField field, int first, int last)
    {
        var mask = 0UL;
        for (var value = first; value <= last; value += Step)
            mask |= Bit(field, value);
        return mask;
    }

    /// <summary>Values beyond the last one begin again at the first, which is how a range wraps and how 7 is Sunday.</summary>
    private static ulong Bit(CronField field, int value) =>
        1UL << (value > field.LastValue ? value - (field.LastValue - field.Min + 1) : value);
}

internal enum CronTermKind
{
    /// <summary><c>*</c> or <c>?</c>, with or without a step.</summary>
    Every,

    /// <summary><c>5</c></summary>
    Value,

    /// <summary><c>5-9</c>, with or without a step; it wraps when the end is below the start.</summary>
    Range,

    /// <summary><c>5/10</c>: from 5 to the end of the field.</summary>
    Onward,

    /// <summary><c>L</c>, <c>L-3</c>: From is the distance to the last day of the month.</summary>
    LastDay,

    /// <summary><c>LW</c>, <c>L-3W</c>: the weekday nearest to it.</summary>
    LastWeekday,

    /// <summary><c>15W</c>: the weekday nearest to day From, in the same month.</summary>
    NearestWeekday,

    /// <summary><c>5L</c>: the last day of the week From in the month.</summary>
    LastOfWeek,

    /// <summary><c>MON#2</c>: the day of the week From for the To-th time in the month.</summary>
    NthOfWeek,
}
