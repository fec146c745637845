using System.Globalization;

namespace OpsConsole.Data.History.Search;

/// <summary>What a typed value can stand for within JSON.</summary>
internal static class ArgumentLiteral
{
    public static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool IsWord(string text) => text is "true" or "false" or "null";
}
