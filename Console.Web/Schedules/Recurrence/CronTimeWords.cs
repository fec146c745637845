namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>The times of day of a cron line in words: "at 02:00", "every 4 hours at minute 0", "every 5 minutes from 09:00 to 17:55".</summary>
internal sealed class CronTimeWords(CronSyntax syntax)
{
    private const int MostTimes = 6;
    private const int MostRuns = 3;

    private readonly ValueSet seconds = new(syntax.Seconds);
    private readonly ValueSet minutes = new(syntax.Minutes);
    private readonly ValueSet hours = new(syntax.Hours);

    /// <summary>True for a few fixed times, which want "every day" when there is nothing else to say.</summary>
    public bool IsFixed => seconds.Count * minutes.Count * hours.Count <= MostTimes && (hours.EvenStep is null || hours.Count == 2) && !hours.IsAll;

    public string Describe()
    {
        if (IsFixed)
            return $"at {Phrases.List(Times())}";
        if (seconds.Count > 1)
            return Seconds();
        if (minutes.Count == 1)
            return HourlyAt(minutes.First);
        var second = AtSecond is { } shown ? $" at second {shown}" : "";
        return minutes.IsAll || minutes.EvenStep is not null
            ? $"every {Phrases.Every(minutes.IsAll ? 1 : minutes.EvenStep!.Value, "minute")}{second}{WithinHours(minutes.First, minutes.Last)}"
            : MinutesOf() is { } evenly ? $"every {evenly}{second} of {HoursOf()}"
            : $"at {Phrases.Values("minute", minutes)}{second} of {HoursOf()}";
    }

    /// <summary>Many minutes at one distance, which would be a long list.</summary>
    private string? MinutesOf() => minutes is { Count: > 10, Step: > 1 and var step }
        ? $"{Phrases.Numeral(step)} minute from minute {minutes.First} to minute {minutes.Last}"
        : null;

    /// <summary>The one second, when it is worth a word.</summary>
    private int? AtSecond => seconds is { Count: 1, First: > 0 and var second } ? second : null;

    private IEnumerable<string> Times() =>
        from hour in hours.Values
        from minute in minutes.Values
        from second in seconds.Values
        select Phrases.Time(hour, minute, seconds.Count > 1 || second != 0 ? second : null);

    private string Seconds()
    {
        var isEven = seconds.IsAll || seconds.EvenStep is not null;
        var every = isEven ? $"every {Phrases.Every(seconds.EvenStep ?? 1, "second")}" : $"at {Phrases.Values("second", seconds)}";
        if (minutes.IsAll)
            return every + (isEven ? "" : " of every minute") + WithinHours(0, 59);
        return $"{every} of {(MinutesOf() is { } evenly ? $"every {evenly}" : Phrases.Values("minute", minutes))} of {HoursOf()}";
    }

    /// <summary>One minute of several hours. Every n hours means from midnight on, over midnight.</summary>
    private string HourlyAt(int minute)
    {
        var second = AtSecond is { } shown ? $" and second {shown}" : "";
        if (hours.IsAll || hours.EvenStep is not null)
            return $"every {Phrases.Every(hours.IsAll ? 1 : hours.EvenStep!.Value, "hour")} at minute {minute}{second}";
        if (hours.Step is { } step)
            return $"every {Phrases.Every(step, "hour")} {FromTo((hours.First, hours.Last), minute, minute)}";
        return hours.Runs.Count <= MostRuns && hours.Runs.All(run => run.To > run.From)
            ? $"every hour {Phrases.List(hours.Runs.Select(run => FromTo(run, minute, minute)))}"
            : $"at minute {minute}{second} of {HoursOf()}";
    }

    private string WithinHours(int firstMinute, int lastMinute)
    {
        if (hours.IsAll)
            return "";
        return hours.Runs.Count <= MostRuns
            ? $" {Phrases.List(hours.Runs.Select(run => FromTo(run, firstMinute, lastMinute)))}"
            : $" of {HoursOf()}";
    }

    private string FromTo((int From, int To) run, int firstMinute, int lastMinute)
    {
        var showsSeconds = seconds.Count > 1 || seconds.First > 0;
        return $"from {Phrases.Time(run.From, firstMinute, showsSeconds ? seconds.First : null)} to {Phrases.Time(run.To, lastMinute, showsSeconds ? seconds.Last : null)}";
    }

    private string HoursOf() => hours.IsAll ? "every hour" : hours.Count == 1 ? $"hour {hours.First}" : $"the {Phrases.Values("hour", hours)}";
}
