using OpsConsole.Data.Failures;
using OpsConsole.Data.History;
using OpsConsole.Web.Failures;

namespace OpsConsole.Tests.Web.Failures;

public sealed class GroupAnswersTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_conflict_says_who_did_what_meanwhile_and_that_nothing_was_done()
    {
        var result = Sum(new GroupChange(GroupAct.Resolve, "Bob", ""), GroupAnswerKind.Conflict);

        Assert.False(result.Accepted);
        Assert.Equal("Not done, because it was changed after you had read it: it is acknowledged and assigned to Ada, by Ada 3 s ago. Look at it, and repeat the act if you still want it.", result.Message);
    }

    [Fact]
    public void Of_several_those_that_refused_are_counted_and_the_first_is_named()
    {
        var result = Sum(new GroupChange(GroupAct.Acknowledge, "Bob", ""), GroupAnswerKind.Changed, GroupAnswerKind.Already, GroupAnswerKind.Unknown);

        Assert.Equal((true, 1, 2), (result.Accepted, result.Done, result.Refused));
        Assert.StartsWith("1 of 3 groups changed. OddError: It is <n>: Nothing to do: it is acknowledged", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_worked_is_said_in_one_sentence() =>
        Assert.Equal("Assigned to Ada.", Sum(new GroupChange(GroupAct.Assign, "Bob", "") { Assignee = "Ada" }, GroupAnswerKind.Changed).Message);

    private static OpsConsole.Web.Operators.OperationResult Sum(GroupChange change, params GroupAnswerKind[] kinds) => GroupAnswers.Sum(
        [.. kinds.Select(_ => Group())],
        [.. kinds.Select(kind => new GroupAnswer(Guid.NewGuid(), kind, GroupState.Acknowledged, Now.AddSeconds(-3), "Ada", "Ada"))], change, Now);

    private static FailureGroup Group() => new()
    {
        Id = Guid.NewGuid(),
        JobType = "reports.generate",
        ErrorType = "Acme.OddError",
        Template = "It is <n>",
        Frame = "",
        FirstSeenAt = Now,
        LastSeenAt = Now,
        Count = 1,
        FinalCount = 1,
        LastOutcome = AttemptOutcome.Failed,
        State = GroupState.Open,
        StateAt = Now,
        StateBy = "",
        StateText = "",
        Version = 1,
        Hours = CountRing.Hours(),
        Days = CountRing.Days(),
        Facets = new GroupFacets(),
    };
}
