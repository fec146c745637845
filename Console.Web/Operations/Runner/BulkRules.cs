using System.Globalization;
using OpsConsole.Data.Operations;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Operations.Runner;

/// <summary>When an operation comes into another state by itself.</summary>
internal static class BulkRules
{
    /// <summary>Fewest ends that are judged before a step is over.</summary>
    public const int FewestJudged = 10;

    /// <summary>Jobs that have not ended so long after the last retry are not waited for any longer.</summary>
    public static readonly TimeSpan LongestWatch = TimeSpan.FromHours(48);

    /// <summary>The change that is due, or null.</summary>
    public static BulkTransition? Next(BulkOperation operation, DateTimeOffset now) => operation.State switch
    {
        BulkState.Preparing when operation.Checked >= operation.Total || !IsLookedAtFirst(operation) => new(BulkState.Preparing, BulkState.Running, operation.StateBy, ""),
        BulkState.Running when MustHalt(operation) => new(BulkState.Running, BulkState.Halted, ScheduleWatch.Self, HaltText(operation)),
        BulkState.Running when IsAllActedOn(operation) => AfterAll(operation, now),
        BulkState.Running when IsStepOver(operation) && operation.Draft.Canary == BulkCanary.Ask => new(BulkState.Running, BulkState.Waiting, ScheduleWatch.Self, ""),
        BulkState.Running when IsStepOver(operation) => new(BulkState.Running, BulkState.Running, operation.StateBy, "", IsNextStep: true),
        _ => null,
    };

    /// <summary>
    /// Whether jobs that have moved on are told before the first is acted on: for somebody who waits or watches. What goes at full speed
    /// tells as much by acting, a moment later.
    /// </summary>
    private static bool IsLookedAtFirst(BulkOperation operation) => operation.Draft.Canary != BulkCanary.None || operation.Draft.PerMinute is not null;

    /// <summary>Whether nothing is left to do for an operation that is over.</summary>
    public static bool IsDone(BulkOperation operation, DateTimeOffset now) =>
        operation.State == BulkState.Finished || (operation.State == BulkState.Stopped && (operation.UnderWay <= 0 || now - operation.StateAt > LongestWatch));

    /// <summary>How many more jobs the present step may act on.</summary>
    public static int LeftInStep(BulkOperation operation) =>
        BulkSteps.SizeOf(operation.Step) is { } size ? Math.Max(0, size - (operation.Done - operation.StepDone)) : int.MaxValue;

    /// <summary>Adds ends to the newest ones, which are as many as are judged.</summary>
    public static string Recent(BulkOperation operation, IEnumerable<BulkMark> marks)
    {
        var ends = operation.Recent + string.Concat(marks.Select(mark => mark.State switch { BulkItemState.Succeeded => "s", BulkItemState.FailedAgain => "f", _ => "" }));
        var most = Math.Max(1, operation.Draft.StopWindow);
        return ends.Length <= most ? ends : ends[^most..];
    }

    public static bool IsStepOver(BulkOperation operation) => LeftInStep(operation) == 0 && operation.UnderWay == 0;

    private static bool IsAllActedOn(BulkOperation operation) => operation.Cursor >= operation.Total;

    private static bool MustHalt(BulkOperation operation)
    {
        if (operation.Draft.StopPercent is not { } percent || !operation.IsRetry || operation.Recent.Length == 0)
            return false;
        // With nothing left to act on there is nothing to stop.
        if (IsAllActedOn(operation))
            return false;
        var isJudged = operation.Recent.Length >= Math.Min(FewestJudged, operation.Draft.StopWindow) || IsStepOver(operation);
        return isJudged && Failed(operation) * 100 > percent * operation.Recent.Length;
    }

    private static BulkTransition? AfterAll(BulkOperation operation, DateTimeOffset now)
    {
        if (operation.UnderWay <= 0)
            return new(BulkState.Running, BulkState.Finished, ScheduleWatch.Self, "");
        return now - (operation.ActedAt ?? operation.StateAt) > LongestWatch
            ? new(BulkState.Running, BulkState.Finished, ScheduleWatch.Self, string.Create(CultureInfo.InvariantCulture, $"{operation.UnderWay:#,0} had not ended after {LongestWatch.TotalHours:0} hours."))
            : null;
    }

    private static int Failed(BulkOperation operation) => operation.Recent.Count(end => end == 'f');

    private static string HaltText(BulkOperation operation) => string.Create(
        CultureInfo.InvariantCulture, $"{(operation.Recent.Length == 1 ? "The one that was tried" : $"{Failed(operation):#,0} of the last {operation.Recent.Length:#,0}")} failed again; more than {operation.Draft.StopPercent} % stop it.");
}
