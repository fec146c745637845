namespace OpsConsole.Data.Figures.Targets;

/// <summary>What kept a promise, and what broke it, in some stretch of time.</summary>
public readonly record struct GoodBad(long Good, long Bad)
{
    public long Total => Good + Bad;

    /// <summary>0 to 1; null when there was nothing.</summary>
    public double? Share => Total == 0 ? null : (double)Good / Total;

    public static GoodBad operator +(GoodBad a, GoodBad b) => new(a.Good + b.Good, a.Bad + b.Bad);
}

/// <summary>How a target stands.</summary>
public enum TargetStanding
{
    /// <summary>Nothing has been measured.</summary>
    NoData,
    OnTarget,
    /// <summary>Kept so far, but at the present pace it will not be, or hardly anything may go wrong any more.</summary>
    AtRisk,
    BelowTarget,
}

/// <summary>What is known about a target in a period that has begun.</summary>
/// <param name="Objective">Percent.</param>
/// <param name="SoFar">From the begin of the period to now, or to its end.</param>
/// <param name="LastHour">Part of <paramref name="SoFar"/> or of the time before the period; empty for a period that is over.</param>
/// <param name="LastSixHours">The same.</param>
/// <param name="Elapsed">How much of the period has passed.</param>
/// <param name="Period">How long it is.</param>
/// <param name="TotalBefore">Everything in the whole period before: the volume that is expected while this one is young.</param>
public sealed record BudgetFacts(
    decimal Objective, GoodBad SoFar, GoodBad LastHour, GoodBad LastSixHours, TimeSpan Elapsed, TimeSpan Period, long TotalBefore);

/// <summary>
/// What may still go wrong before a target is broken. A target of 99.5 % allows 0.5 % of all that happens in the period; that is its
/// error budget. While the period lasts its volume is expected to go on as it has begun.
/// </summary>
public sealed record ErrorBudget
{
    /// <summary>Multiples of the sustainable pace at which a budget of a month is gone in two days, and in five: the usual alarms.</summary>
    public const double FastBurn = 14.4;
    public const double SlowBurn = 6;

    // As long as less than this has passed, the volume of the period before says more about this one.
    private const double Young = .1;
    private const double NearlyUsed = .9;

    public required double? Share { get; init; }

    /// <summary>How many may go wrong in the whole period.</summary>
    public required double Allowed { get; init; }

    /// <summary>How many have gone wrong.</summary>
    public required long Bad { get; init; }

    /// <summary>Share of <see cref="Allowed"/> that is used: 1 is all of it, more is overdrawn; null when nothing is allowed and nothing went wrong.</summary>
    public required double? Used { get; init; }

    /// <summary>Share of the period that has passed, 0 to 1.</summary>
    public required double Elapsed { get; init; }

    /// <summary>
    /// How fast the budget burns, as a multiple of the pace at which it would last exactly to the end of any period; null without volume.
    /// </summary>
    public required double? BurnOfHour { get; init; }

    public required double? BurnOfSixHours { get; init; }

    public required double? BurnOfPeriod { get; init; }

    /// <summary>How long the rest lasts at the pace of the last six hours; null when nothing went wrong in them, and when nothing is left.</summary>
    public required TimeSpan? Lasts { get; init; }

    public required TargetStanding Standing { get; init; }

    /// <summary>What is left, in units; never below 0.</summary>
    public double Left => Math.Max(0, Allowed - Bad);

    public static ErrorBudget Of(BudgetFacts facts)
    {
        var allowedShare = (double)(100 - facts.Objective) / 100;
        var elapsed = facts.Period <= TimeSpan.Zero ? 1 : Math.Clamp(facts.Elapsed / facts.Period, 0, 1);
        var allowed = allowedShare * Expected(facts, elapsed);
        var budget = new ErrorBudget
        {
            Share = facts.SoFar.Share,
            Allowed = allowed,
            Bad = facts.SoFar.Bad,
            Used = allowed > 0 ? facts.SoFar.Bad / allowed : facts.SoFar.Bad == 0 ? null : double.PositiveInfinity,
            Elapsed = elapsed,
            BurnOfHour = Burn(facts.LastHour, allowedShare),
            BurnOfSixHours = Burn(facts.LastSixHours, allowedShare),
            BurnOfPeriod = Burn(facts.SoFar, allowedShare),
            Lasts = Lasting(allowed - facts.SoFar.Bad, facts.LastSixHours.Bad),
            Standing = TargetStanding.NoData,
        };
        return budget with { Standing = StandingOf(budget, facts, elapsed) };
    }

    /// <summary>Volume of the whole period.</summary>
    private static double Expected(BudgetFacts facts, double elapsed)
    {
        if (elapsed >= 1)
            return facts.SoFar.Total;
        if (elapsed < Young && facts.TotalBefore > 0)
            return Math.Max(facts.SoFar.Total, facts.TotalBefore);
        return elapsed <= 0 ? facts.SoFar.Total : facts.SoFar.Total / elapsed;
    }

    private static double? Burn(GoodBad window, double allowedShare) => window switch
    {
        { Total: 0 } => null,
        { Bad: 0 } => 0,
        _ => allowedShare <= 0 ? double.PositiveInfinity : (double)window.Bad / window.Total / allowedShare,
    };

    private static TimeSpan? Lasting(double left, long badInSixHours)
    {
        if (left <= 0 || badInSixHours == 0)
            return null;
        // Longer than anybody plans is the same as for ever.
        return TimeSpan.FromHours(Math.Min(left / badInSixHours * 6, 24 * 3_660));
    }

    private static TargetStanding StandingOf(ErrorBudget budget, BudgetFacts facts, double elapsed)
    {
        if (budget.Share is null)
            return TargetStanding.NoData;
        // Compared in whole numbers, so that 99.5 of 100 is exactly on target.
        if (facts.SoFar.Good * 100m < facts.Objective * facts.SoFar.Total)
            return TargetStanding.BelowTarget;
        if (elapsed >= 1)
            return TargetStanding.OnTarget;
        var remaining = facts.Period - facts.Elapsed;
        // One bad hour is no pace for a month: more must be used than time has passed, or it must burn fast and more than once.
        var isShort = budget.Lasts < remaining && budget.Used > elapsed;
        var isFast = budget.BurnOfHour >= FastBurn && budget.BurnOfSixHours >= SlowBurn && facts.LastSixHours.Bad > 1;
        var isNearlyUsed = budget.Used >= NearlyUsed && budget.Used > elapsed;
        return isShort || isFast || isNearlyUsed ? TargetStanding.AtRisk : TargetStanding.OnTarget;
    }
}
