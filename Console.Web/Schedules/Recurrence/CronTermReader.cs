using System.Globalization;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>Reads one term of a field: what stands between two commas.</summary>
internal sealed class CronTermReader
{
    private readonly CronField field;
    private readonly string line;
    private CronFault? fault;

    private CronTermReader(CronField field, string line)
    {
        this.field = field;
        this.line = line;
    }

    public static CronTerm? Read(CronField field, string line, int position, int length, out CronFault? fault)
    {
        var reader = new CronTermReader(field, line);
        var term = reader.ReadTerm(position, length);
        fault = reader.fault;
        return fault is null ? term : null;
    }

    private CronTerm? ReadTerm(int position, int length)
    {
        if (length == 0)
            return Fail(position > 0 && position == line.Length ? position - 1 : position, 1, $"A value is missing beside this comma in the {field.Plural}.");
        var slash = line.IndexOf('/', position, length);
        if (slash < 0)
            return ReadValues(position, length);
        var head = ReadValues(position, slash - position);
        return head is { } values ? WithStep(values, position, slash, position + length) : null;
    }

    private CronTerm? WithStep(CronTerm values, int position, int slash, int end)
    {
        if (values.DependsOnMonth || line[position] == '?')
            return Fail(slash, end - slash, $"\"{line[position..slash]}\" cannot have a step; steps belong to *, to a value or to a range.");
        if (!int.TryParse(line.AsSpan(slash + 1, end - slash - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var step) || step == 0)
            return Fail(slash, end - slash, "The step after / must be a whole number from 1 on.");
        if (step > field.Max)
            return Fail(slash + 1, end - slash - 1, TooLong(step));
        return values.Kind == CronTermKind.Value
            ? new CronTerm(CronTermKind.Onward, field.Kind == CronFieldKind.DayOfWeek ? values.From % 7 : values.From, Step: step)
            : values with { Step = step };
    }

    private string TooLong(int step) => field.Kind is CronFieldKind.Second or CronFieldKind.Minute or CronFieldKind.Hour
        ? $"A step of {step} leaves the {field.Plural}, which are {field.Allowed}; for every {step} {field.Plural} add an interval to the schedule."
        : $"A step of {step} leaves the {field.Plural}, which are {field.Allowed}.";

    private CronTerm? ReadValues(int position, int length)
    {
        var text = line.Substring(position, length);
        if (text == "*")
            return new CronTerm(CronTermKind.Every);
        if (text == "?")
            return field.IsDay ? new CronTerm(CronTermKind.Every) : Fail(position, 1, $"? is allowed in the two day fields only; write * for all {field.Plural}.");
        var special = field.Kind switch
        {
            CronFieldKind.DayOfMonth => ReadDayOfMonth(text, position),
            CronFieldKind.DayOfWeek => ReadDayOfWeek(text, position),
            _ => null,
        };
        return special is not null || fault is not null ? special : ReadRange(text, position);
    }

    private CronTerm? ReadDayOfMonth(string text, int position)
    {
        var isWeekday = text[^1..] is "W" or "w" && text.Length > 1;
        var day = isWeekday ? text[..^1] : text;
        if (day is "L" or "l")
            return new CronTerm(isWeekday ? CronTermKind.LastWeekday : CronTermKind.LastDay);
        if (day.StartsWith("L-", StringComparison.OrdinalIgnoreCase))
            return ReadBeforeLast(day, position, isWeekday);
        if (!isWeekday)
            return null;
        if (day.Contains('-', StringComparison.Ordinal))
            return Fail(position, text.Length, "W belongs to one day, such as 15W, not to a range.");
        return Value(day, position) is { } value ? new CronTerm(CronTermKind.NearestWeekday, value) : null;
    }

    private CronTerm? ReadBeforeLast(string day, int position, bool isWeekday)
    {
        if (!int.TryParse(day.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var distance) || distance > 30)
            return Fail(position, day.Length, $"\"{day}\" is not understood; L-3 is three days before the last day of the month, and at most L-30 is possible.");
        return new CronTerm(isWeekday ? CronTermKind.LastWeekday : CronTermKind.LastDay, distance);
    }

    private CronTerm? ReadDayOfWeek(string text, int position)
    {
        if (text is "L" or "l")
            return Fail(position, 1, "L alone says no day of the week; 5L is the last Friday of the month, and 6 or SAT is Saturday.");
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        if (hash >= 0)
            return ReadNth(text, hash, position);
        if (text[^1] is not ('L' or 'l'))
            return null;
        return Value(text[..^1], position) is { } value ? new CronTerm(CronTermKind.LastOfWeek, value % 7) : null;
    }

    private CronTerm? ReadNth(string text, int hash, int position)
    {
        if (!int.TryParse(text.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var nth) || nth is < 1 or > 5)
            return Fail(position + hash, text.Length - hash, "The number after # must be 1 to 5: MON#2 is the second Monday of the month.");
        return Value(text[..hash], position) is { } value ? new CronTerm(CronTermKind.NthOfWeek, value % 7, nth) : null;
    }

    private CronTerm? ReadRange(string text, int position)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash <= 0)
            return Value(text, position) is { } value ? new CronTerm(CronTermKind.Value, value) : null;
        return Value(text[..dash], position) is { } from && Value(text[(dash + 1)..], position + dash + 1) is { } to
            ? new CronTerm(CronTermKind.Range, from, to)
            : null;
    }

    private int? Value(string text, int position)
    {
        if (field.ValueOf(text) is { } named)
            return named;
        var isNumber = text.Length > 0 && text.All(char.IsAsciiDigit);
        if (isNumber && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= field.Min && value <= field.Max)
            return value;
        Fail(position, Math.Max(text.Length, 1), isNumber ? DoesNotExist(text) : NotUnderstood(text));
        return null;
    }

    private string DoesNotExist(string number) =>
        $"{char.ToUpperInvariant(field.Name[0])}{field.Name[1..]} {number} does not exist; {field.Plural} are {field.Allowed}.";

    private string NotUnderstood(string text)
    {
        if (text.Length == 0)
            return $"A value is missing here; {field.Plural} are {field.Allowed}.";
        var other = CronField.All.FirstOrDefault(candidate => candidate.ValueOf(text) is not null);
        return other is null
            ? $"\"{text}\" is no {field.Name}; {field.Plural} are {field.Allowed}."
            : $"{text} is a {other.Name}, but this is the field of the {field.Plural}, which are {field.Allowed}.";
    }

    private CronTerm? Fail(int position, int length, string message)
    {
        fault ??= new CronFault(Math.Min(position, line.Length), Math.Min(length, line.Length - Math.Min(position, line.Length)), message);
        return null;
    }
}
