using System.Security.Claims;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Operators;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Operators;

namespace OpsConsole.Tests.Web.Operators;

public sealed class OperatorActionsTests : IAsyncLifetime
{
    private const string Reason = "because the test says so";

    private readonly ConsoleSite _site = new();
    private AsyncServiceScope _scope;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private OperatorActions Actions => _scope.ServiceProvider.GetRequiredService<OperatorActions>();

    public async ValueTask InitializeAsync()
    {
        await _site.InitializeAsync();
        _scope = _site.Services.CreateAsyncScope();
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_viewer_can_do_nothing_at_all()
    {
        var viewer = await UserAsync(OperatorRole.Viewer);

        OperationResult[] results =
        [
            await Actions.RetryJobsAsync(viewer, ["a"], Reason, cancel: Cancel),
            await Actions.DeleteJobsAsync(viewer, ["a"], Reason, Cancel),
            await Actions.CancelJobsAsync(viewer, ["a"], Reason, Cancel),
            await Actions.PauseQueueAsync(viewer, "mail", Reason, cancel: Cancel),
            await Actions.ResumeQueueAsync(viewer, "mail", Reason, Cancel),
            await Actions.TriggerAsync(viewer, "reports.generate", "{}", null, Reason, Cancel),
        ];

        Assert.All(results, result => Assert.StartsWith("Your role does not permit this", result.Message, StringComparison.Ordinal));
        Assert.Equal(
            [AuditKinds.CancelJobs, AuditKinds.DeleteJobs, AuditKinds.RetryJobs, AuditKinds.Trigger, AuditKinds.PauseQueue, AuditKinds.ResumeQueue],
            (await EntriesAsync()).Where(entry => entry.Result == AuditResult.Refused).Select(entry => entry.Kind).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_queue_is_paused_and_resumed_on_record()
    {
        var user = await UserAsync(OperatorRole.Operator);

        var paused = await Actions.PauseQueueAsync(user, "mail", Reason, cancel: Cancel);
        var again = await Actions.PauseQueueAsync(user, "mail", Reason, cancel: Cancel);
        var resumed = await Actions.ResumeQueueAsync(user, "mail", null, Cancel);

        Assert.True(paused.Accepted, paused.Message);
        Assert.True(resumed.Accepted, resumed.Message);
        Assert.NotEqual("", again.Message);
        Assert.Equal(["mail", "mail", "mail"], (await EntriesAsync()).Where(entry => entry.TargetKind == "queue").Select(entry => entry.Target));
    }

    [Fact]
    public async Task Many_jobs_make_one_entry_with_an_answer_for_each()
    {
        var ids = Enumerable.Range(0, 250).Select(i => $"missing-{i}").ToList();

        var result = await Actions.RetryJobsAsync(await UserAsync(OperatorRole.Operator), [.. ids, ids[0]], null, cancel: Cancel);

        Assert.Equal((false, 0, 250, OperationLimits.ListedRefusals), (result.Accepted, result.Done, result.Refused, result.Refusals.Count));
        var entry = Assert.Single(await EntriesAsync(), entry => entry.Kind == AuditKinds.RetryJobs);
        Assert.Equal(("missing-0 and 249 more", AuditResult.Refused), (entry.Target, entry.Result));
        using var details = JsonDocument.Parse(entry.Details!);
        Assert.Equal((250, OperationLimits.ListedRefusals),
            (details.RootElement.GetProperty("refused").GetInt32(), details.RootElement.GetProperty("refusals").GetArrayLength()));
        Assert.Equal(ids, entry.Targets);
        var found = await _site.Services.GetRequiredService<AuditStore>().ListAsync(new AuditQuery { Target = ids[249] }, Cancel);
        Assert.Equal(entry.Id, Assert.Single(found.Entries).Id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task Too_few_or_too_many_jobs_are_refused_as_a_whole(int count)
    {
        var result = await Actions.DeleteJobsAsync(await UserAsync(OperatorRole.Operator), [.. Enumerable.Range(0, count).Select(i => $"job-{i}")], Reason, Cancel);

        Assert.False(result.Accepted);
        Assert.StartsWith("One act takes 1 to 1,000 jobs", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_and_cancelling_take_a_reason()
    {
        var user = await UserAsync(OperatorRole.Operator);

        Assert.Contains("Give a reason", (await Actions.DeleteJobsAsync(user, ["a"], "", Cancel)).Message, StringComparison.Ordinal);
        Assert.Contains("Give a reason", (await Actions.CancelJobsAsync(user, ["a"], "no", Cancel)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no.such.type", "{}")]
    [InlineData("no.such.type", "not json")]
    [InlineData("nul\0type", "{\"a\":\"\\u0000\"}")]
    [InlineData("<script>alert(1)</script>", "[]")]
    public async Task A_job_type_that_no_host_knows_is_refused_in_words(string type, string arguments)
    {
        var result = await Actions.TriggerAsync(await UserAsync(OperatorRole.Operator), type, arguments, null, null, Cancel);

        Assert.Equal((false, null), (result.Accepted, result.JobId));
        Assert.NotEqual("", result.Message);
        Assert.Equal(AuditResult.Refused, Assert.Single(await EntriesAsync(), entry => entry.Kind == AuditKinds.Trigger).Result);
    }

    private async Task<ClaimsPrincipal> UserAsync(string role) => await _site.PrincipalAsync(await _site.AddOperatorAsync(role));

    private async Task<List<AuditEntry>> EntriesAsync()
    {
        await using var context = await _site.Contexts.CreateDbContextAsync(Cancel);
        return await context.Audit.OrderBy(entry => entry.Id).ToListAsync(Cancel);
    }
}
