namespace OpsConsole.Tests.Web.Schedules.Recurrence;

/// <summary>Cron lines of every kind, always the same ones for the same seed.</summary>
internal sealed class RandomCron(int seed)
{
    private static readonly string[] Weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly Random random = new(seed);

    /// <summary>Five fields. At most about one moment per few hours, so that many years can be walked through.</summary>
    public string Rare() => $"{Few(0, 59)} {(random.Next(6) == 0 ? "*" : Few(0, 23))} {Days()}";

    /// <summary>Six fields, as often as every second.</summary>
    public string Any() => $"{Field(0, 59)} {Field(0, 59)} {Field(0, 23)} {Days()}";

    /// <summary>Day of the month, month and day of the week.</summary>
    public string Days() => random.Next(8) switch
    {
        0 or 1 => $"* {Month()} *",
        2 or 3 => $"{DayOfMonth()} {Month()} ?",
        4 or 5 => $"? {Month()} {DayOfWeek()}",
        6 => $"{DayOfMonth()} {Month()} {DayOfWeek()}",
        _ => "* * *",
    };

    private string Few(int min, int max) => random.Next(3) switch
    {
        0 => $"{random.Next(min, max + 1)},{random.Next(min, max + 1)}",
        1 => $"{random.Next(min, max + 1)}/{random.Next((max + 1) / 3, max + 1)}",
        _ => $"{random.Next(min, max + 1)}",
    };

    private string Field(int min, int max) => random.Next(7) switch
    {
        0 => "*",
        1 => $"*/{random.Next(1, max + 1)}",
        2 => $"{random.Next(min, max + 1)}/{random.Next(1, max + 1)}",
        3 => $"{random.Next(min, max + 1)}-{random.Next(min, max + 1)}",
        4 => $"{random.Next(min, max + 1)}-{random.Next(min, max + 1)}/{random.Next(1, max + 1)}",
        5 => string.Join(',', Enumerable.Range(0, random.Next(2, 5)).Select(_ => random.Next(min, max + 1))),
        _ => $"{random.Next(min, max + 1)}",
    };

    private string Month() => random.Next(4) == 0 ? Field(1, 12) : random.Next(6) == 0 ? "MAR-OCT" : "*";

    private string DayOfMonth() => random.Next(10) switch
    {
        0 => "L",
        1 => "LW",
        2 => $"L-{random.Next(0, 31)}",
        3 => $"{random.Next(1, 32)}W",
        4 => $"L-{random.Next(0, 28)}W",
        5 => $"{random.Next(1, 29)},{random.Next(1, 29)}W,L-{random.Next(0, 28)}",
        _ => Field(1, 31) is var field && field is "*" or "*/1" ? "1,15" : field,
    };

    private string DayOfWeek() => random.Next(8) switch
    {
        0 => $"{random.Next(0, 7)}L",
        1 => $"{Weekdays[random.Next(7)]}L",
        2 => $"{random.Next(0, 7)}#{random.Next(1, 6)}",
        3 => $"{Weekdays[random.Next(7)]}#{random.Next(1, 6)}",
        4 => $"{Weekdays[random.Next(7)]}-{Weekdays[random.Next(7)]}",
        5 => $"{random.Next(0, 7)}-{random.Next(0, 7)}",
        6 => $"{Weekdays[random.Next(7)]},{random.Next(0, 7)}",
        _ => $"{random.Next(0, 8)}",
    };
}
