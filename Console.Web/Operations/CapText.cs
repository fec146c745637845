using System.Globalization;
using OpsConsole.Data.Operations;

namespace OpsConsole.Web.Operations;

/// <summary>Numbers that people type into the limits of an operation; empty means none.</summary>
internal static class CapText
{
    public static (int? PerMinute, string? Fault) Read(string? text) => Number(text, 1, BulkLimits.PerMinute, $"Give 1 to {BulkLimits.PerMinute:N0} jobs a minute, or nothing for no cap.");

    public static (int? Percent, string? Fault) ReadPercent(string? text) => Number(text?.Replace("%", "", StringComparison.Ordinal), 0, 99, "Give 0 to 99 percent, or nothing never to stop.");

    private static (int? Value, string? Fault) Number(string? text, int least, int most, string fault)
    {
        var bare = (text ?? "").Replace(",", "", StringComparison.Ordinal).Trim();
        if (bare.Length == 0)
            return (null, null);
        return int.TryParse(bare, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? (number, null) : (null, fault);
    }
}
