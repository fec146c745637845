using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Web.Live;

/// <summary>How the console follows the fleet. Bound from the section <c>Live</c>.</summary>
public sealed class LiveOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Live";

    /// <summary>Shortest time between two views made from events, in milliseconds.</summary>
    /// <value>Default 40.</value>
    [Range(10, 1_000)]
    public int PaceMilliseconds { get; set; } = 40;

    /// <summary>How often depths, counts and workers are read again while someone watches, in milliseconds.</summary>
    /// <value>Default 1,000.</value>
    [Range(200, 60_000)]
    public int WatchedRefreshMilliseconds { get; set; } = 1_000;

    /// <summary>How often they are read again while nobody watches, in milliseconds.</summary>
    /// <value>Default 5,000.</value>
    [Range(200, 60_000)]
    public int IdleRefreshMilliseconds { get; set; } = 5_000;

    /// <summary>How far back events are read at start, in hours.</summary>
    /// <value>Default 24.</value>
    [Range(0, 48)]
    public int LookBackHours { get; set; } = 24;

    /// <summary>From how many failures on a new group of failures needs attention.</summary>
    /// <value>Default 10.</value>
    [Range(1, 1_000_000)]
    public int NewGroupFailures { get; set; } = 10;

    /// <summary>For how long a group that is new or came back needs attention, unless somebody takes it, in minutes.</summary>
    /// <value>Default 60.</value>
    [Range(1, 10_080)]
    public int GroupIsNewsMinutes { get; set; } = 60;
}
