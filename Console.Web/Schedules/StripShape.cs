using System.Globalization;
using System.Text;

namespace OpsConsole.Web.Schedules;

/// <summary>Draws a row of occurrences in a box of 18 by 8 for each, so that every fate has a shape of its own and reads without its colour.</summary>
public static class StripShape
{
    public const int Most = 20;
    public const int Pitch = 8;
    public const int Gap = 2;

    /// <summary>How a shape is painted: a soft or a full area, or a line.</summary>
    public static string Kind(OccurrenceFate fate) => fate switch
    {
        OccurrenceFate.Succeeded => "soft",
        OccurrenceFate.Missed or OccurrenceFate.NoJob or OccurrenceFate.Deleted or OccurrenceFate.Expired or OccurrenceFate.Unknown
            or OccurrenceFate.Queued or OccurrenceFate.Pending or OccurrenceFate.Buffered => "line",
        _ => "full",
    };

    /// <summary>One path for each fate that occurs; the last of the fates stands at the right edge.</summary>
    public static IReadOnlyList<(OccurrenceFate Fate, string Path)> Draw(IReadOnlyList<OccurrenceFate> fates)
    {
        var paths = new SortedDictionary<OccurrenceFate, StringBuilder>();
        for (var i = 0; i < fates.Count; i++)
        {
            if (!paths.TryGetValue(fates[i], out var path)) paths[fates[i]] = path = new StringBuilder();
            path.Append(CultureInfo.InvariantCulture, $"M{(Most - fates.Count + i) * Pitch} 0{Cell(fates[i])}");
        }
        return [.. paths.Select(path => (path.Key, path.Value.ToString()))];
    }

    /// <summary>Dots on the ground line where there is no occurrence yet.</summary>
    public static string Empty(int drawn)
    {
        var path = new StringBuilder();
        for (var i = 0; i < Most - drawn; i++)
            path.Append(CultureInfo.InvariantCulture, $"M{i * Pitch + 2} 17.5h2");
        return path.ToString();
    }

    /// <summary>Relative to the upper left corner of the cell, 6 wide and 18 high.</summary>
    private static string Cell(OccurrenceFate fate) => fate switch
    {
        // A bar; with its head cut off for a second try, with a gap at its foot when it was late.
        OccurrenceFate.Succeeded => "m0 2h6v16h-6z",
        OccurrenceFate.Retried => "m0 2h6v4h-6zm0 6h6v10h-6z",
        OccurrenceFate.Late => "m0 2h6v11h-6zm0 13h6v3h-6z",
        // Bars that stand out above the others: notched on both sides, or with a point.
        OccurrenceFate.Failed => "h6v6.5l-2 2.500 2 2.500v6.5h-6v-6.5l2-2.500-2-2.500z",
        OccurrenceFate.Overran => "m3 0 3 6v12h-6v-12z",
        OccurrenceFate.Running => "m0 10h6v8h-6z",
        OccurrenceFate.Skipped => "m0 15h6v3h-6z",
        OccurrenceFate.Paused => "m0 8h2v10h-2zm4 0h2v10h-2z",
        // Hollow: nothing ran.
        OccurrenceFate.Missed => "m.6 .6h4.800v16.800h-4.800zm0 6.400 4.800 4.400m0-4.400-4.800 4.400",
        OccurrenceFate.NoJob => "m.6 .6h4.800v16.800h-4.800zm0 8.400h4.800",
        OccurrenceFate.Deleted or OccurrenceFate.Expired => "m.6 2.600h4.800v14.800h-4.800zm0 14.800 4.800-14.800",
        OccurrenceFate.Unknown => "m.6 2.600h4.800v14.800h-4.800z",
        _ => "m.6 10.600h4.800v6.800h-4.800z",
    };
}
