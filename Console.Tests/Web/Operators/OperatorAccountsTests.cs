using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Operators;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Operators;

namespace OpsConsole.Tests.Web.Operators;

public sealed class OperatorAccountsTests : IAsyncLifetime
{
    private readonly ConsoleSite _site = new();
    private Operator _admin = new();
    private ClaimsPrincipal _by = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private OperatorAccounts Accounts => _site.Services.GetRequiredService<OperatorAccounts>();

    public async ValueTask InitializeAsync()
    {
        await _site.InitializeAsync();
        _admin = await _site.AddOperatorAsync(OperatorRole.Administrator);
        _by = await _site.PrincipalAsync(_admin);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        var demoted = await Accounts.ChangeRoleAsync(_by, _admin.Id, _admin.Email!, OperatorRole.Viewer, Cancel);
        var disabled = await Accounts.DisableAsync(_by, _admin.Id, _admin.Email!, Cancel);

        Assert.All([demoted, disabled], result => Assert.EndsWith("is the last administrator. Make somebody else administrator first.", result.Message, StringComparison.Ordinal));
        Assert.Equal((OperatorRole.Administrator, null), await RowAsync(_admin.Id));
    }

    [Fact]
    public async Task Two_administrators_who_disable_each_other_at_once_do_not_both_succeed()
    {
        var other = await _site.AddOperatorAsync(OperatorRole.Administrator);
        var byOther = await _site.PrincipalAsync(other);

        var results = await Task.WhenAll(
            Accounts.DisableAsync(_by, other.Id, other.Email!, Cancel), Accounts.DisableAsync(byOther, _admin.Id, _admin.Email!, Cancel));

        Assert.Single(results, result => result.Accepted);
    }

    [Fact]
    public async Task An_invited_person_chooses_a_password_by_the_link()
    {
        var invitation = await Accounts.InviteAsync(_by, " grace@example.org ", "Grace", OperatorRole.Operator, Cancel);

        Assert.True(invitation.Result.Accepted, invitation.Result.Message);
        var answer = await _site.Visit().SubmitAsync(invitation.Path!, ("Form.Password", "a fresh long phrase"), ("Form.Repeated", "a fresh long phrase"));
        Assert.Equal("/", answer.Headers.Location!.PathAndQuery);
        Assert.Contains(await Accounts.ListAsync(Cancel), row => row is { Email: "grace@example.org", Role: OperatorRole.Operator, HasPassword: true, LastSignInAt: not null });
    }

    [Theory]
    [InlineData("not an address", "Grace", OperatorRole.Viewer, "This is not an e-mail address")]
    [InlineData("grace@example.org", "", OperatorRole.Viewer, "Enter a name")]
    [InlineData("grace@example.org", @"nul\0", OperatorRole.Viewer, "a character that cannot be shown")]
    [InlineData("grace@example.org", @"half \uD83D", OperatorRole.Viewer, "a character that cannot be shown")]
    [InlineData("grace@example.org", "Grace", "Owner", "There is no role 'Owner'")]
    public async Task Wrong_input_is_refused_with_what_is_wrong(string email, string name, string role, string problem)
    {
        var invitation = await Accounts.InviteAsync(_by, email, Regex.Unescape(name), role, Cancel);

        Assert.StartsWith(problem, invitation.Result.Message.Replace("The name has ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Null(invitation.Path);
        Assert.Single(await Accounts.ListAsync(Cancel));
    }

    [Fact]
    public async Task An_address_has_one_account()
    {
        var invitation = await Accounts.InviteAsync(_by, _admin.Email!.ToUpperInvariant(), "Twin", OperatorRole.Viewer, Cancel);

        Assert.Equal("There is an account with this e-mail address already.", invitation.Result.Message);
    }

    [Fact]
    public async Task A_changed_role_ends_the_sessions_of_the_old_one_and_is_recorded()
    {
        var person = await _site.AddOperatorAsync(OperatorRole.Administrator);
        var session = await _site.PrincipalAsync(person);

        Assert.True((await Accounts.ChangeRoleAsync(_by, person.Id, person.Email!, OperatorRole.Viewer, Cancel)).Accepted);

        Assert.False(await _site.Services.GetRequiredService<SessionCheck>().IsCurrentAsync(session, Cancel));
        var entry = Assert.Single(await EntriesAsync(AuditKinds.ChangeRole));
        Assert.Equal((_admin.Email, person.Email, """{"after": "Viewer", "before": ["Administrator"]}"""), (entry.OperatorName, entry.Target, entry.Details));
    }

    [Fact]
    public async Task A_disabled_person_is_out_until_enabled()
    {
        var person = await _site.AddOperatorAsync(OperatorRole.Operator);

        await Accounts.DisableAsync(_by, person.Id, person.Email!, Cancel);
        Assert.NotNull((await RowAsync(person.Id)).DisabledAt);

        await Accounts.EnableAsync(_by, person.Id, person.Email!, Cancel);
        Assert.Null((await RowAsync(person.Id)).DisabledAt);
        await _site.VisitAsync(person);
    }

    [Fact]
    public async Task An_operator_manages_nobody()
    {
        var user = await _site.PrincipalAsync(await _site.AddOperatorAsync(OperatorRole.Operator));

        var invitation = await Accounts.InviteAsync(user, "grace@example.org", "Grace", OperatorRole.Administrator, Cancel);

        Assert.Equal((false, null), (invitation.Result.Accepted, invitation.Path));
        Assert.Equal(AuditResult.Refused, Assert.Single(await EntriesAsync(AuditKinds.CreateOperator)).Result);
    }

    private async Task<(string Role, DateTimeOffset? DisabledAt)> RowAsync(Guid id)
    {
        var row = Assert.Single(await Accounts.ListAsync(Cancel), row => row.Id == id);
        return (row.Role, row.DisabledAt);
    }

    private async Task<List<AuditEntry>> EntriesAsync(string kind)
    {
        await using var context = await _site.Contexts.CreateDbContextAsync(Cancel);
        return await context.Audit.Where(e => e.Kind == kind).ToListAsync(Cancel);
    }
}
