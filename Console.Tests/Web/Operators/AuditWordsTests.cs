using OpsConsole.Data.Audit;
using OpsConsole.Web.Operators;

namespace OpsConsole.Tests.Web.Operators;

public class AuditWordsTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(1);

    [Fact]
    public void Every_kind_has_words() => Assert.DoesNotContain(AuditKinds.All, kind => AuditWords.Kind(kind) == kind);

    [Fact]
    public void Every_kind_is_in_the_list_of_kinds() =>
        Assert.Equal(typeof(AuditKinds).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!), AuditKinds.All);

    [Theory]
    [InlineData(1, "Under way")]
    [InlineData(600, "Unfinished")]
    public void A_row_that_was_left_behind_says_so(int seconds, string word) =>
        Assert.Equal(word, AuditWords.Result(Entry(AuditResult.Pending, seconds), Now).Word);

    [Theory]
    [InlineData(AuditResult.Done, "Done")]
    [InlineData(AuditResult.Partial, "Partly")]
    [InlineData(AuditResult.Refused, "Refused")]
    [InlineData(AuditResult.Failed, "Failed")]
    public void A_result_is_one_word(AuditResult result, string word) => Assert.Equal(word, AuditWords.Result(Entry(result, 1), Now).Word);

    private static AuditEntry Entry(AuditResult result, int secondsAgo) => new()
    {
        At = Now.AddSeconds(-secondsAgo),
        OperatorName = "ada",
        Kind = AuditKinds.RetryJobs,
        TargetKind = "job",
        Target = "a",
        Result = result,
    };
}
