namespace OpsConsole.Data.Figures;

/// <summary>Length of time that one row of the figures stands for. Stored as a number.</summary>
public enum FigureGrain : short
{
    Minute = 1,
    Hour = 2,
    /// <summary>A day of UTC.</summary>
    Day = 3,
}

/// <summary>What one row of the figures stands for. Stored as a number.</summary>
public enum FigureFacet : short
{
    All = 0,
    Type = 1,
    Queue = 2,
    Host = 3,
    /// <summary>One type in one queue on one host.</summary>
    Cell = 4,
}

public static class FigureGrains
{
    public static readonly IReadOnlyList<FigureGrain> All = [FigureGrain.Minute, FigureGrain.Hour, FigureGrain.Day];

    public static TimeSpan Length(this FigureGrain grain) => grain switch
    {
        FigureGrain.Minute => TimeSpan.FromMinutes(1),
        FigureGrain.Hour => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };

    /// <summary>Begin of the minute, hour or UTC day that holds this moment.</summary>
    public static DateTimeOffset Floor(this FigureGrain grain, DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % grain.Length().Ticks), TimeSpan.Zero);

    /// <summary>The moment itself when one begins with it, else the begin of the next.</summary>
    public static DateTimeOffset Ceiling(this FigureGrain grain, DateTimeOffset at) => Floor(grain, at.AddTicks(grain.Length().Ticks - 1));
}
