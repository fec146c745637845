using System.Globalization;

namespace OpsConsole.Jobs.Client;

/// <summary>The formats of texts that schemas of the catalogue name.</summary>
internal static class TextFormats
{
    /// <summary>What was expected instead of a text, or null when it fits or the format is not known.</summary>
    public static string? FaultIn(string format, string text) => format switch
    {
        "uuid" when !Guid.TryParse(text, out _) => "a GUID such as 00000000-0000-0000-0000-000000000000",
        "date-time" when !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) => "a date and time such as 2026-11-20T19:57:03Z",
        "date" when !DateOnly.TryParseExact(text, "yyyy-MM-dd", out _) => "a date such as 2026-11-20",
        "time" when !TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out _) => "a time such as 19:57:03",
        "uri" when !Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _) => "an address such as https://example.org/",
        _ => null,
    };
}
