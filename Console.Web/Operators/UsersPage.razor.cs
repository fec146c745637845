using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;
using OpsConsole.Data;
using OpsConsole.Data.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Operators;

public sealed partial class UsersPage
{
    private IReadOnlyList<OperatorRow>? _rows;
    private ClaimsPrincipal _user = new();
    private Guid? _me;
    private bool _failed;
    private (string Email, string Url)? _link;

    [Inject] private OperatorAccounts Accounts { get; set; } = default!;

    [Inject] private IOptions<OperatorOptions> Options { get; set; } = default!;

    [Inject] private Confirm Confirm { get; set; } = default!;

    [Inject] private Toasts Toasts { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter] private Task<AuthenticationState> Session { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        _user = (await Session).User;
        _me = _user.GetOperatorId();
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            _rows = await Accounts.ListAsync();
            _failed = false;
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            _failed = true;
        }
    }

    private async Task InviteAsync()
    {
        var answer = await Confirm.AskAsync(new ConfirmQuestion
        {
            Title = "Invite a user?",
            Text = "You get a link to send to them, by which they choose a password.",
            ActLabel = "Make the account",
            AsksReason = false,
            Fields =
            [
                new ConfirmField("email", "E-mail address") { Check = OperatorInput.EmailProblem },
                new ConfirmField("name", "Name") { Check = OperatorInput.NameProblem },
                RoleField(OperatorRole.Viewer),
            ],
        });
        if (answer is null)
            return;
        var email = answer.Values["email"].Trim();
        await ShowLinkAsync(email, await Accounts.InviteAsync(_user, email, answer.Values["name"], answer.Values["role"]));
    }

    private async Task RenewLinkAsync(OperatorRow row)
    {
        var answer = await Confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Make a password link for {row.Email}?",
            Consequences = ["Earlier links stop working.", "Their open sessions end.", "Their password stays until they choose a new one."],
            ActLabel = "Make the link",
            AsksReason = false,
        });
        if (answer is not null)
            await ShowLinkAsync(row.Email, await Accounts.RenewLinkAsync(_user, row.Id, row.Email));
    }

    private async Task ChangeRoleAsync(OperatorRow row)
    {
        var answer = await Confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Change the role of {row.Email}?",
            Consequences = ["It holds at once for everything they do.", "Their open pages end within a minute; they sign in again."],
            ActLabel = "Change the role",
            AsksReason = false,
            Fields = [RoleField(row.Role)],
        });
        if (answer is not null)
            await ShowAsync(await Accounts.ChangeRoleAsync(_user, row.Id, row.Email, answer.Values["role"]));
    }

    private async Task DisableAsync(OperatorRow row)
    {
        var answer = await Confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Disable {row.Email}?",
            Consequences = ["They cannot sign in any more.", "Their open pages end within a minute.", "What they did stays in the audit, and you can enable them again."],
            ActLabel = "Disable 1 user",
            IsDangerous = true,
            AsksReason = false,
        });
        if (answer is not null)
            await ShowAsync(await Accounts.DisableAsync(_user, row.Id, row.Email));
    }

    private async Task EnableAsync(OperatorRow row) => await ShowAsync(await Accounts.EnableAsync(_user, row.Id, row.Email));

    private async Task ShowLinkAsync(string email, Invitation invitation)
    {
        if (invitation.Path is { } path)
            _link = (email, new Uri(new Uri(Options.Value.PublicUrl is { Length: > 0 } url ? url : Navigation.BaseUri), path).AbsoluteUri);
        await ShowAsync(invitation.Result);
    }

    private async Task ShowAsync(OperationResult result)
    {
        Toasts.Show(result.Accepted ? ToastKind.Done : ToastKind.Refused, result.Message);
        await LoadAsync();
    }

    private static ConfirmField RoleField(string role) => new("role", "Role")
    {
        Value = role,
        Choices =
        [
            (OperatorRole.ProductOwner, "Product owner: sees the service report, and sets its targets"),
            (OperatorRole.Viewer, "Viewer: sees everything, changes nothing"),
            (OperatorRole.Operator, "Operator: also acts on jobs and queues"),
            (OperatorRole.Administrator, "Administrator: also manages users"),
        ],
    };
}
