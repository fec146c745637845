using System.Globalization;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules;

/// <summary>The rules of a schedule in sentences.</summary>
public static class PolicyWords
{
    public static string Overlap(ScheduleDefinition definition) => definition.Overlap switch
    {
        OverlapPolicy.Skip => "Skipped while the last run is unfinished.",
        OverlapPolicy.BufferOne => "One waits for the last run to end; further ones are skipped.",
        OverlapPolicy.BufferAll => $"Each waits for the one before it, at most {NumberText.Count(definition.BufferLimit)}.",
        OverlapPolicy.CancelOther => "An unfinished run is cancelled, and the new one starts.",
        _ => "Starts beside runs that are unfinished.",
    };

    /// <summary>The same in two words, for lists of choices.</summary>
    public static string Name(OverlapPolicy overlap) => overlap switch
    {
        OverlapPolicy.Skip => "Skip",
        OverlapPolicy.BufferOne => "One waits",
        OverlapPolicy.BufferAll => "All wait",
        OverlapPolicy.CancelOther => "Cancel the other",
        _ => "Run beside",
    };

    public static string CatchUp(CatchUp catchUp) => catchUp.Mode switch
    {
        CatchUpMode.Latest => $"Runs the latest once, if it is younger than {MomentWords.Span(catchUp.WindowSeconds)}.",
        CatchUpMode.All => $"Runs all that are younger than {MomentWords.Span(catchUp.WindowSeconds)}, at most {NumberText.Count(catchUp.Limit)}.",
        _ => "What fell into it is recorded as missed.",
    };

    public static string Grace(ScheduleDefinition definition) => $"Late after {MomentWords.Span(definition.GraceSeconds)}; missed when it has not started by then.";

    public static string Deadline(TimeOnly deadline) => $"Finished by {deadline.ToString(deadline.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture)}, by the schedule's clock.";

    public static string Runs(long most, long soFar) => $"{NumberText.Count(Math.Min(soFar, most))} of {NumberText.Of(most, "run", "runs")} done.";
}
