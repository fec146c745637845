using System.Globalization;

namespace OpsConsole.Jobs.Protocol;

/// <summary>How a worker marks the texts of an exception that it has cut, so that whoever reads them can tell.</summary>
public static class StoredCuts
{
    /// <summary>Last character of a text that was cut.</summary>
    public const char Mark = '…';
    internal const int MaxMessage = 4_000;
    internal const int MaxDetails = 32_000;
    private const string MoreLine = " more line";
    private const string MoreLinesEnd = MoreLine + "s";

    /// <summary>Whether a worker has cut this message.</summary>
    public static bool IsCutMessage(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Length == MaxMessage && message[^1] == Mark;
    }

    /// <summary>Whether a worker has cut this text of an exception, by its length or by its lines.</summary>
    public static bool IsCutDetails(string details)
    {
        ArgumentNullException.ThrowIfNull(details);
        if (details.Length == MaxDetails && details[^1] == Mark)
            return true;
        return (details.EndsWith(MoreLinesEnd, StringComparison.Ordinal) || details.EndsWith(MoreLine, StringComparison.Ordinal))
            && details.AsSpan(details.LastIndexOf('\n') + 1) is [Mark, ' ', ..];
    }

    /// <summary>Last line of a text that had more.</summary>
    internal static string MoreLines(int count) => string.Create(CultureInfo.InvariantCulture, $"{Mark} {count}{(count == 1 ? MoreLine : MoreLinesEnd)}");
}
