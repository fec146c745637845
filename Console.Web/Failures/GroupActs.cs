using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Data.Failures;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Failures;

/// <summary>Acts on groups as the pages offer them: asked for once with what will happen, done through <see cref="GroupActions"/>, answered in a message.</summary>
public sealed class GroupActs
{
    private const string Owner = "owner";
    private const string Until = "until";
    private const string More = "more";
    private readonly GroupActions _actions;
    private readonly OperatorAccounts _accounts;
    private readonly Confirm _confirm;
    private readonly Toasts _toasts;
    private readonly ViewerTime _viewer;
    private readonly AuthenticationStateProvider _authentication;

    internal GroupActs(GroupActions actions, OperatorAccounts accounts, Confirm confirm, Toasts toasts, ViewerTime viewer, AuthenticationStateProvider authentication) =>
        (_actions, _accounts, _confirm, _toasts, _viewer, _authentication) = (actions, accounts, confirm, toasts, viewer, authentication);

    /// <summary>Says that somebody has seen them: no question, for nothing is lost by it.</summary>
    public async Task<bool> AcknowledgeAsync(IReadOnlyList<FailureGroup> groups) => Tell(await _actions.AcknowledgeAsync(await UserAsync(), groups));

    public async Task<bool> TakeAsync(IReadOnlyList<FailureGroup> groups)
    {
        var user = await UserAsync();
        return user.GetOperatorId() is { } id && Tell(await _actions.AssignAsync(user, groups, (id, user.GetDisplayName())));
    }

    public async Task<bool> AssignAsync(IReadOnlyList<FailureGroup> groups)
    {
        var people = (await _accounts.ListAsync()).Where(person => person.DisabledAt is null && Permissions.Of(person.Role).Contains(Permissions.TriageFailures)).ToList();
        var answer = await _confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Assign {Name(groups)}?",
            Consequences = ["It shows among the groups of that person; who had it before has it no longer."],
            Fields = [new ConfirmField(Owner, "To") { Choices = [.. people.Select(person => (person.Id.ToString("D"), Person(person))), ("nobody", "nobody")] }],
            ActLabel = $"Assign {Count(groups)}",
        });
        if (answer is null) return false;
        var to = people.Find(person => person.Id.ToString("D") == answer.Values[Owner]);
        return Tell(await _actions.AssignAsync(await UserAsync(), groups, to is null ? null : (to.Id, Person(to)), answer.Reason));
    }

    public async Task<bool> SnoozeAsync(IReadOnlyList<FailureGroup> groups)
    {
        var ends = SnoozeEnds.Of(_viewer);
        var answer = await _confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Snooze {Name(groups)}?",
            Consequences = ["Failures go on being counted; they are only out of sight.", "It wakes at the moment or at the count that you choose, whatever comes first."],
            Fields =
            [
                new ConfirmField(Until, "Until") { Value = ends[0].Value, Choices = ends, Required = false },
                new ConfirmField(More, "Or for so many further failures") { Required = false, Note = "A number; empty for the time alone.", Check = FaultInCount },
            ],
            ActLabel = $"Snooze {Count(groups)}",
            DismissLabel = "Leave it in sight",
        });
        if (answer is null) return false;
        DateTimeOffset? until = DateTimeOffset.TryParse(answer.Values.GetValueOrDefault(Until), CultureInfo.InvariantCulture, out var end) ? end : null;
        return Tell(await _actions.SnoozeAsync(await UserAsync(), groups, until, CountOf(answer.Values.GetValueOrDefault(More)), answer.Reason));
    }

    public async Task<bool> ResolveAsync(IReadOnlyList<FailureGroup> groups)
    {
        var answer = await _confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Resolve {Name(groups)}?",
            Consequences = ["The next failure that comes after this moment opens it again by itself.", "Its failed jobs stay as they are: they are retried or deleted apart from this."],
            ActLabel = $"Resolve {Count(groups)}",
        });
        return answer is not null && Tell(await _actions.ResolveAsync(await UserAsync(), groups, answer.Reason));
    }

    public async Task<bool> ReopenAsync(IReadOnlyList<FailureGroup> groups) => Tell(await _actions.ReopenAsync(await UserAsync(), groups));

    public async Task<bool> NoteAsync(FailureGroup group, string note) => Tell(await _actions.NoteAsync(await UserAsync(), group, note));

    private bool Tell(OperationResult result)
    {
        _toasts.Show(result is { Accepted: true, Refused: 0 } ? ToastKind.Done : ToastKind.Refused, result.Message);
        return result.Accepted;
    }

    private async Task<ClaimsPrincipal> UserAsync() => (await _authentication.GetAuthenticationStateAsync()).User;

    private static string? FaultInCount(string text) => string.IsNullOrWhiteSpace(text) || CountOf(text) is >= 1 and <= GroupLimits.SnoozeCount ? null : $"Write a number from 1 to {NumberText.Count(GroupLimits.SnoozeCount)}, or nothing.";

    private static int? CountOf(string? text) => int.TryParse(text, NumberStyles.Integer | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static string Person(OperatorRow person) => SafeText.Inline(person.DisplayName.Length > 0 ? person.DisplayName : person.Email, 100);

    private static string Count(IReadOnlyList<FailureGroup> groups) => NumberText.Of(groups.Count, "group", "groups");

    private static string Name(IReadOnlyList<FailureGroup> groups) => groups.Count == 1 ? SafeText.Inline(GroupWords.Error(groups[0]), 80) : Count(groups);
}
