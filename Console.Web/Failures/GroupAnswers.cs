using OpsConsole.Data.Failures;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Failures;

/// <summary>What came of an act on groups, in words.</summary>
internal static class GroupAnswers
{
    public static OperationResult Sum(IReadOnlyList<FailureGroup> groups, IReadOnlyList<GroupAnswer> answers, GroupChange change, DateTimeOffset now)
    {
        var done = answers.Count(answer => answer.Kind == GroupAnswerKind.Changed);
        var refusals = answers.Zip(groups).Where(pair => pair.First.Kind != GroupAnswerKind.Changed)
            .Select(pair => new OperationRefusal(GroupWords.Title(pair.Second), Refusal(pair.First, now))).ToList();
        return new OperationResult
        {
            Accepted = done > 0,
            Done = done,
            Refused = refusals.Count,
            Refusals = [.. refusals.Take(OperationLimits.ListedRefusals)],
            Message = Message(groups.Count, done, refusals, change),
            Facts = Facts(change),
        };
    }

    private static string Message(int asked, int done, List<OperationRefusal> refusals, GroupChange change)
    {
        if (refusals.Count == 0) return asked == 1 ? Done(change) : $"{NumberText.Count(done)} groups: {Lower(Done(change))}";
        if (asked == 1) return refusals[0].Message;
        return $"{(done == 0 ? "None" : NumberText.Count(done))} of {NumberText.Count(asked)} groups changed. {refusals[0].Target}: {refusals[0].Message}";
    }

    private static string Done(GroupChange change) => change.Act switch
    {
        GroupAct.Acknowledge => "Acknowledged.",
        GroupAct.Assign => $"Assigned to {change.Assignee}.",
        GroupAct.Release => "Nobody's now.",
        GroupAct.Snooze => "Snoozed.",
        GroupAct.Resolve => "Resolved. The next failure opens it again.",
        GroupAct.Reopen => "Open again.",
        _ => "Noted.",
    };

    private static string Refusal(GroupAnswer answer, DateTimeOffset now) => answer.Kind switch
    {
        GroupAnswerKind.Unknown => "This group has left: it was not seen for too long, or too many others came.",
        GroupAnswerKind.Already => $"Nothing to do: it is {Standing(answer)} already.",
        _ => $"Not done, because it was changed after you had read it: it is {Standing(answer)}, {Since(answer, now)}. Look at it, and repeat the act if you still want it.",
    };

    private static string Standing(GroupAnswer answer) =>
        GroupWords.State(answer.State).ToLowerInvariant() + (answer.Assignee is { } owner ? $" and assigned to {owner}" : "");

    private static string Since(GroupAnswer answer, DateTimeOffset now) =>
        (answer.StateBy.Length > 0 ? $"by {answer.StateBy} " : "by itself ") + TimeText.Relative(answer.StateAt, now, ago: true);

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];

    private static Dictionary<string, object?> Facts(GroupChange change)
    {
        var facts = new Dictionary<string, object?>();
        if (change.Act is GroupAct.Assign or GroupAct.Release) facts["to"] = change.Assignee ?? "nobody";
        if (change.SnoozeUntil is { } until) facts["until"] = until.ToUniversalTime().ToString("O");
        if (change.SnoozeMore is { } more) facts["furtherFailures"] = more;
        if (change.Act == GroupAct.Note) facts["note"] = change.Text;
        return facts;
    }
}
