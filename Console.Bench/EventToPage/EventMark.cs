using System.Text;
using System.Text.RegularExpressions;

namespace OpsConsole.Bench.EventToPage;

/// <summary>Finds in a drawing which event it brought: the overview writes the position of the last one into an attribute.</summary>
internal static partial class EventMark
{
    // 13 digits of milliseconds, a dash, and at least one digit.
    private const int Shortest = 15;

    /// <returns>Null when the drawing has none.</returns>
    // The texts of a drawing stand one after the other, each behind its length: what follows may look like more digits.
    public static EventId? Find(ReadOnlySpan<byte> batch)
    {
        var text = Encoding.Latin1.GetString(batch);
        foreach (Match match in Position().Matches(text))
        {
            int length = text[match.Index];
            if (length >= Shortest && match.Index + 1 + length <= text.Length && Whole().IsMatch(text.AsSpan(match.Index + 1, length)))
                return EventId.Parse(text.Substring(match.Index + 1, length));
        }
        return null;
    }

    [GeneratedRegex("[\\x0F-\\x1F][0-9]{13}-[0-9]")]
    private static partial Regex Position();

    [GeneratedRegex("^[0-9]{13}-[0-9]+$")]
    private static partial Regex Whole();
}
