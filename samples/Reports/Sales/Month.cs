using System.Globalization;

namespace OpsConsole.Samples.Reports.Sales;

/// <summary>A calendar month, written <c>2026-10</c>.</summary>
public readonly record struct Month(int Year, int Number) : IComparable<Month>
{
    public static Month Of(DateTime moment) => new(moment.Year, moment.Month);

    /// <exception cref="ArgumentException">It is not a month.</exception>
    public static Month Parse(string text) => DateTime.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? Of(day)
        : throw new ArgumentException($"'{text}' is not a month. Write the year and the month as in 2026-10.", nameof(text));

    public Month Add(int months) => Of(FirstDay.AddMonths(months));

    public DateTime FirstDay => new(Year, Number, 1, 0, 0, 0, DateTimeKind.Utc);

    public int Days => DateTime.DaysInMonth(Year, Number);

    public int CompareTo(Month other) => FirstDay.CompareTo(other.FirstDay);

    public static bool operator <(Month left, Month right) => left.CompareTo(right) < 0;

    public static bool operator >(Month left, Month right) => left.CompareTo(right) > 0;

    public static bool operator <=(Month left, Month right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Month left, Month right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Number:00}");
}
