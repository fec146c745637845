using System.Globalization;

namespace OpsConsole.Web.Schedules;

/// <summary>Length and characters of texts. Any text is shown as text, so markup is fine; what PostgreSQL or UTF-8 cannot hold is not.</summary>
internal static class TextCheck
{
    public static void Line(string path, string text, int longest, List<DefinitionProblem> problems)
    {
        if (text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var at)
            problems.Add(new(path, "There is a line break; write it in one line.", Position: at, Length: 1));
        Lines(path, text, longest, problems);
    }

    public static void Lines(string path, string text, int longest, List<DefinitionProblem> problems)
    {
        if (text.Length > longest)
            problems.Add(new(path, string.Create(CultureInfo.InvariantCulture, $"At most {longest:#,0} characters; there are {text.Length:#,0}."), Position: longest, Length: text.Length - longest));
        if (UnstorableAt(text) is { } at)
            problems.Add(new(path, $"The character at position {at + 1} is {(text[at] == '\0' ? "NUL" : "half of a surrogate pair")}, which cannot be stored; take it out.", Position: at, Length: 1));
    }

    public static void Count(string path, int count, int most, string what, List<DefinitionProblem> problems)
    {
        if (count > most)
            problems.Add(new(path, string.Create(CultureInfo.InvariantCulture, $"At most {most:#,0} {what}; there are {count:#,0}.")));
    }

    public static void Range(string path, long number, long least, long most, List<DefinitionProblem> problems)
    {
        if (number < least || number > most)
            problems.Add(new(path, string.Create(CultureInfo.InvariantCulture, $"Give a number from {least:#,0} to {most:#,0}; it is {number}.")));
    }

    public static void Choice<T>(string path, T value, List<DefinitionProblem> problems) where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            problems.Add(new(path, $"There is no such choice ({value})."));
    }

    /// <summary>Where the first NUL or half of a surrogate pair stands, or null.</summary>
    public static int? UnstorableAt(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (text[i] == '\0' || char.IsSurrogate(text[i]))
                return i;
        }
        return null;
    }
}
