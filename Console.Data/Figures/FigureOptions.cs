using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Data.Figures;

/// <summary>How long figures are kept. What is older than its minutes is known by the hour, and what is older than its hours by the day.</summary>
public sealed class FigureOptions
{
    public const string Section = "Figures";

    /// <summary>Days for which there are figures by the minute. A page of the last minutes compares with a week ago, which takes eight.</summary>
    [Range(1, 90)]
    public int KeepMinutesDays { get; set; } = 10;

    /// <summary>Days for which there are figures by the hour: what the heat map and days of the viewer's zone are made of.</summary>
    [Range(7, 1_000)]
    public int KeepHoursDays { get; set; } = 400;

    /// <summary>Days for which there are figures by the UTC day.</summary>
    [Range(31, 4_000)]
    public int KeepDaysDays { get; set; } = 800;

    public int KeptDays(FigureGrain grain) => grain switch
    {
        FigureGrain.Minute => KeepMinutesDays,
        FigureGrain.Hour => KeepHoursDays,
        _ => KeepDaysDays,
    };
}
