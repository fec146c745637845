namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>Reads a cron line: macros, five or six fields, and the terms of each. It stops at the first fault.</summary>
internal sealed class CronReader
{
    public const int LongestLine = 300;

    private static readonly Dictionary<string, string> Macros = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
        ["@monthly"] = "0 0 1 * *",
        ["@weekly"] = "0 0 * * 0",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@hourly"] = "0 * * * *",
    };

    private readonly string line;
    private CronFault? fault;

    private CronReader(string line) => this.line = line;

    public static CronSyntax? Read(string line, out CronFault? fault)
    {
        var reader = new CronReader(line);
        var syntax = reader.ReadLine();
        fault = reader.fault;
        return fault is null ? syntax : null;
    }

    private CronSyntax? ReadLine()
    {
        if (line.Length > LongestLine)
            return Fail(LongestLine, line.Length - LongestLine, $"This line has {line.Length} characters; at most {LongestLine} are allowed.");
        var words = Words();
        if (words.Count == 0)
            return Fail(0, line.Length, "This line is empty; write five or six fields, such as \"0 4 * * MON\", or a macro such as @daily.");
        return line[words[0]][0] == '@' ? ReadMacro(words) : ReadFields(words);
    }

    private CronSyntax? ReadMacro(List<Range> words)
    {
        var (position, length) = words[0].GetOffsetAndLength(line.Length);
        var name = line.Substring(position, length);
        if (Macros.TryGetValue(name, out var meaning))
        {
            var (next, _) = words.Count > 1 ? words[1].GetOffsetAndLength(line.Length) : (0, 0);
            return words.Count == 1
                ? Read(meaning, out fault)
                : Fail(next, line.TrimEnd().Length - next, $"{name} stands alone; nothing may follow it.");
        }
        return Fail(position, length, name.ToUpperInvariant() switch
        {
            "@EVERY" => "@every is no cron line; add an interval to the schedule instead.",
            "@REBOOT" => "@reboot has no meaning for a schedule; it belongs to one machine.",
            _ => $"There is no macro \"{name}\"; there are {string.Join(", ", Macros.Keys)}.",
        });
    }

    private CronSyntax? ReadFields(List<Range> words)
    {
        if (words.Count is < 5)
            return Fail(0, line.Length, $"This line has {Fields(words.Count)}; it needs five (minute, hour, day of the month, month, day of the week) or six (second in front).");
        if (words.Count > 6)
        {
            var extra = words[6].GetOffsetAndLength(line.Length).Offset;
            return Fail(extra, line.TrimEnd().Length - extra, $"This line has {words.Count} fields; at most six are allowed (second, minute, hour, day of the month, month, day of the week). Years are bounded by the start and the end of the schedule.");
        }
        var fields = CronField.All.Skip(6 - words.Count).Zip(words, ReadField).ToList();
        if (words.Count == 5)
            fields.Insert(0, new CronFieldTerms(CronField.Second, [new CronTerm(CronTermKind.Value)], 0, 0));
        return new CronSyntax(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]);
    }

    private CronFieldTerms ReadField(CronField field, Range word)
    {
        var (position, length) = word.GetOffsetAndLength(line.Length);
        var terms = new List<CronTerm>();
        for (var start = position; start <= position + length && fault is null;)
        {
            var comma = line.IndexOf(',', start, position + length - start);
            var end = comma < 0 ? position + length : comma;
            if (CronTermReader.Read(field, line, start, end - start, out fault) is { } term)
                terms.Add(term);
            start = end + 1;
        }
        if (fault is null && terms.Count > 1 && line.IndexOf('?', position, length) is >= 0 and var mark)
            Fail(mark, 1, "? means \"no restriction\" and stands alone in its field.");
        return new CronFieldTerms(field, terms, position, length);
    }

    private List<Range> Words()
    {
        var words = new List<Range>();
        for (var at = 0; at < line.Length;)
        {
            var end = at;
            while (end < line.Length && !char.IsWhiteSpace(line[end]))
                end++;
            if (end > at)
                words.Add(at..end);
            at = end + 1;
        }
        return words;
    }

    private CronSyntax? Fail(int position, int length, string message)
    {
        fault ??= new CronFault(position, length, message);
        return null;
    }

    private static string Fields(int count) => count == 1 ? "one field" : $"{count} fields";
}
