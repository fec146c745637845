using System.Globalization;

namespace OpsConsole.Web.Controls;

/// <summary>How the console writes numbers.</summary>
public static class NumberText
{
    /// <summary>"1,184".</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Three digits that count: "0.04", "2.9", "71", "1,184"; a dash for nothing known.</summary>
    public static string Measure(double? value) => value switch
    {
        null => "–",
        0 => "0",
        < 1 => value.Value.ToString("0.##", CultureInfo.InvariantCulture),
        < 10 => value.Value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("#,0", CultureInfo.InvariantCulture),
    };

    /// <summary>"412 MB".</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1 << 20 => $"{Measure(bytes / 1024.0)} KB",
        < 1 << 30 => $"{Measure(bytes / 1048576.0)} MB",
        _ => $"{Measure(bytes / 1073741824.0)} GB",
    };

    /// <summary>"1 job", "3 jobs".</summary>
    public static string Of(long count, string one, string many) => Count(count) + " " + (count == 1 ? one : many);
}
