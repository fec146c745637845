using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Operators;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Data;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Operators;

namespace OpsConsole.Tests.Web.Operators;

public class OperatorGateTests(ConsoleSite site) : IClassFixture<ConsoleSite>
{
    private readonly string _target = "queue-" + Guid.NewGuid().ToString("N");
    private int _acts;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private OperatorGate Gate => site.Services.GetRequiredService<OperatorGate>();

    [Fact]
    public async Task A_viewer_is_refused_and_the_refusal_is_on_record()
    {
        var result = await RunAsync(await UserAsync(OperatorRole.Viewer));

        Assert.False(result.Accepted);
        Assert.Equal("Your role does not permit this (PauseQueues). Ask an administrator.", result.Message);
        Assert.Equal(0, _acts);
        Assert.Equal((AuditResult.Refused, result.Message), await RecordedAsync());
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_refused()
    {
        var result = await RunAsync(new ClaimsPrincipal());

        Assert.Equal((false, 0), (result.Accepted, _acts));
        Assert.Equal(AuditResult.Refused, (await RecordedAsync()).Result);
    }

    [Fact]
    public async Task An_act_is_recorded_with_who_why_and_what_came_of_it()
    {
        var person = await site.AddOperatorAsync(OperatorRole.Operator);

        var result = await RunAsync(await site.PrincipalAsync(person), reason: "  the mail server is down  ");

        Assert.Equal((true, 1), (result.Accepted, _acts));
        var entry = Assert.Single(await EntriesAsync());
        Assert.Equal((person.Id, person.Email, "the mail server is down", AuditResult.Done), (entry.OperatorId, entry.OperatorName, entry.Reason, entry.Result));
        Assert.NotNull(entry.CompletedAt);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("too short")]
    [InlineData("          .          ")]
    public async Task Without_a_reason_where_one_is_due_nothing_happens(string? reason)
    {
        var result = await RunAsync(await UserAsync(OperatorRole.Operator), reason);

        Assert.Equal((false, 0), (result.Accepted, _acts));
        Assert.Contains("at least 10 characters", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_from_before_a_change_of_the_account_cannot_act()
    {
        var person = await site.AddOperatorAsync(OperatorRole.Operator);
        var session = await site.PrincipalAsync(person);
        await using var context = await site.Contexts.CreateDbContextAsync(Cancel);
        await context.Users.Where(o => o.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.SecurityStamp, "another"), Cancel);

        var result = await RunAsync(session);

        Assert.Equal((false, 0, "Your account was changed since you signed in. Sign in again to go on."), (result.Accepted, _acts, result.Message));
    }

    [Fact]
    public async Task An_act_that_Redis_breaks_is_recorded_as_failed()
    {
        var result = await Gate.RunAsync(await UserAsync(OperatorRole.Operator), Pause("a good reason, really"),
            _ => throw new JobStorageException("Redis did not answer."), Cancel);

        Assert.False(result.Accepted);
        Assert.Equal((AuditResult.Failed, "It is not known whether this was done. Redis did not answer."), await RecordedAsync());
    }

    [Fact]
    public async Task A_fault_in_the_console_is_recorded_and_passed_on()
    {
        var user = await UserAsync(OperatorRole.Operator);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Gate.RunAsync(user, Pause("a good reason, really"), _ => throw new InvalidOperationException("a bug"), Cancel));

        Assert.Equal((AuditResult.Failed, "a bug"), await RecordedAsync());
    }

    [Fact]
    public async Task While_an_act_runs_its_row_says_that_it_is_not_finished()
    {
        AuditResult? during = null;

        await Gate.RunAsync(await UserAsync(OperatorRole.Operator), Pause("a good reason, really"), async _ =>
        {
            during = (await RecordedAsync()).Result;
            return OperationResult.Accept("ok");
        }, Cancel);

        Assert.Equal((AuditResult.Pending, AuditResult.Done), (during, (await RecordedAsync()).Result));
    }

    [Fact]
    public async Task What_cannot_be_put_on_record_does_not_happen()
    {
        await using var away = new ServiceCollection().AddDataThatIsAway().BuildServiceProvider();
        var gate = new OperatorGate(away.GetRequiredService<AuditStore>(), site.Services.GetRequiredService<SessionCheck>(), NullLogger<OperatorGate>.Instance);

        var result = await gate.RunAsync(await UserAsync(OperatorRole.Operator), Pause("a good reason, really"), ActAsync, Cancel);

        Assert.Equal((false, 0), (result.Accepted, _acts));
        Assert.Contains("could not be put on record", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NUL_and_halves_of_characters_in_a_reason_do_not_keep_an_act_off_the_record()
    {
        var result = await RunAsync(await UserAsync(OperatorRole.Operator), "because \0 of \uD83D this");

        Assert.True(result.Accepted);
        Assert.Equal("because \uFFFD of \uFFFD this", Assert.Single(await EntriesAsync()).Reason);
    }

    private Operation Pause(string? reason) => new(Permissions.PauseQueues, AuditKinds.PauseQueue, "queue", _target) { Reason = reason, IsReasonRequired = true };

    private Task<OperationResult> RunAsync(ClaimsPrincipal user, string? reason = "a good reason, really") => Gate.RunAsync(user, Pause(reason), ActAsync, Cancel);

    private Task<OperationResult> ActAsync(CancellationToken cancel)
    {
        _acts++;
        return Task.FromResult(OperationResult.Accept("ok"));
    }

    private async Task<ClaimsPrincipal> UserAsync(string role) => await site.PrincipalAsync(await site.AddOperatorAsync(role));

    private async Task<List<AuditEntry>> EntriesAsync()
    {
        await using var context = await site.Contexts.CreateDbContextAsync(Cancel);
        return await context.Audit.Where(e => e.Target == _target).ToListAsync(Cancel);
    }

    private async Task<(AuditResult Result, string? Message)> RecordedAsync()
    {
        var entry = Assert.Single(await EntriesAsync());
        return (entry.Result, entry.Message);
    }
}
