using System.Globalization;

namespace OpsConsole.Web.Schedules.Editor;

/// <summary>Moves a cron line to another minute of the hour, where it names just one.</summary>
public static class CronMinute
{
    /// <returns>The other line, or null when the line does not start in exactly that minute.</returns>
    public static string? Move(string line, int from, int to)
    {
        var text = line.Trim();
        var full = text.ToLowerInvariant() switch
        {
            "@hourly" => "0 * * * *",
            "@daily" or "@midnight" => "0 0 * * *",
            "@weekly" => "0 0 * * 0",
            "@monthly" => "0 0 1 * *",
            "@yearly" or "@annually" => "0 0 1 1 *",
            _ => text,
        };
        var fields = full.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is not (5 or 6)) return null;
        var minute = fields.Length - 5;
        if (!int.TryParse(fields[minute], NumberStyles.None, CultureInfo.InvariantCulture, out var now) || now != from) return null;
        fields[minute] = to.ToString(CultureInfo.InvariantCulture);
        return string.Join(' ', fields);
    }
}
