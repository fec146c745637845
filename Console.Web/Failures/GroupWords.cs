using OpsConsole.Data.Failures;
using OpsConsole.Data.History;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Failures;

/// <summary>How groups of failures are written.</summary>
internal static class GroupWords
{
    // What nobody has looked at yet and came within a day is new.
    private static readonly TimeSpan IsNew = TimeSpan.FromHours(24);

    /// <summary>"TimeoutException: The render did not finish within &lt;n&gt; s", plain text.</summary>
    public static string Title(FailureGroup group) => Error(group) + (group.Template.Length > 0 ? ": " + group.Template : "");

    /// <summary>The exception without its namespace.</summary>
    public static string Error(FailureGroup group) =>
        group.ErrorType.Length > 0 ? group.ErrorType[(group.ErrorType.LastIndexOf('.') + 1)..]
        : group.LastOutcome is AttemptOutcome.Lost or AttemptOutcome.Quarantined ? "Worker lost" : "Failed without an exception";

    /// <summary>"Board.BuildAsync" of "Acme.Pdf.Board.BuildAsync".</summary>
    public static string Frame(FailureGroup group)
    {
        if (group.Frame.Length == 0) return group.ErrorType.Length == 0 ? "no frame: the process ended" : "no frame of the job's own code";
        var dot = group.Frame.LastIndexOf('.');
        return dot > 0 && group.Frame.LastIndexOf('.', dot - 1) is var before and >= 0 ? group.Frame[(before + 1)..] : group.Frame;
    }

    public static string State(GroupState state) => state.ToString();

    public static bool IsFresh(FailureGroup group, DateTimeOffset now) => group.State == GroupState.Open && now - group.FirstSeenAt < IsNew;

    /// <summary>True for one that was resolved or snoozed and opened by itself.</summary>
    public static bool CameBack(FailureGroup group) => group is { State: GroupState.Open, StateBy: "", StateText.Length: > 0 };

    /// <summary>Word, tone and glyph of the state.</summary>
    public static (string Word, string Tone, string Glyph) Look(FailureGroup group, DateTimeOffset now) => group.State switch
    {
        GroupState.Open when CameBack(group) => ("Back", "failed", "failed"),
        GroupState.Open when IsFresh(group, now) => ("New", "failed", "failed"),
        GroupState.Open => ("Open", "waiting", "awaiting"),
        GroupState.Acknowledged => ("Acknowledged", "processing", "processing"),
        GroupState.Snoozed => ("Snoozed", "deleted", "paused"),
        _ => ("Resolved", "succeeded", "succeeded"),
    };

    /// <summary>"until 15:00, or 50 more".</summary>
    public static string Snooze(FailureGroup group, ViewerTime viewer)
    {
        var until = group.SnoozedUntil is { } at ? "until " + viewer.Clock(at) : "";
        var more = group.SnoozedCount is { } count ? NumberText.Count(Math.Max(0, count - group.Count)) + " more" : "";
        return until.Length > 0 && more.Length > 0 ? $"{until}, or {more}" : until.Length > 0 ? until : "for " + more;
    }

    /// <summary>"reports", "reports, mail", "reports, mail and 3 more".</summary>
    public static string Few(IReadOnlyList<FacetValue> values, int most = 2)
    {
        var named = string.Join(", ", values.Take(most).Select(value => SafeText.Inline(value.Value, 60)));
        return values.Count > most ? $"{named} and {values.Count - most} more" : named;
    }

    /// <summary>What somebody did, for the history of a group.</summary>
    public static string Act(GroupAct act) => act switch
    {
        GroupAct.Acknowledge => "acknowledged it",
        GroupAct.Assign => "assigned it",
        GroupAct.Release => "took its owner away",
        GroupAct.Snooze => "snoozed it",
        GroupAct.Resolve => "resolved it",
        GroupAct.Reopen => "opened it again",
        GroupAct.Note => "wrote",
        GroupAct.CameBack => "Came back",
        _ => "Woke",
    };
}
