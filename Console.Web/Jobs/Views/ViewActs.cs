using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Data;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Views;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Jobs.Views;

/// <summary>Saves and deletes views as pages offer it. What everybody sees passes the gate and is on record; one's own views are one's own.</summary>
internal sealed class ViewActs(SavedViewStore store, OperatorGate gate, Confirm confirm, Toasts toasts, AuthenticationStateProvider authentication)
{
    private const string Mine = "mine", Shared = "shared";

    /// <summary>Asks for a name and saves the search under it; true when it is saved.</summary>
    public async Task<bool> SaveAsync(string query, IReadOnlyList<SavedView> known)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        if (query.Length > SavedViewLimits.Query)
        {
            toasts.Show(ToastKind.Refused, $"This search is longer than {SavedViewLimits.Query:#,0} characters. Shorten it, then save it.");
            return false;
        }
        if (await confirm.AskAsync(Question(query, known, user.May(Permissions.ShareViews))) is not { } answer) return false;
        var (name, isShared) = (answer.Values["name"].Trim(), answer.Values.GetValueOrDefault("for") == Shared);
        return await RunAsync(() => isShared ? ShareAsync(user, name, query) : KeepAsync(user, name, query));
    }

    /// <summary>Asks, and deletes a view; true when it is gone.</summary>
    public async Task<bool> DeleteAsync(SavedView view)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Delete the view {Controls.SafeText.Inline(view.Name, 60)}?",
            Consequences = [view.IsShared ? "Nobody will see it any more." : "Only you see it.", "The jobs that it finds stay as they are."],
            ActLabel = "Delete 1 view",
            DismissLabel = "Keep it",
            AsksReason = false,
            IsDangerous = true,
        });
        if (answer is null || user.GetOperatorId() is not { } id) return false;
        return await RunAsync(async () =>
        {
            if (!view.IsShared) return Said(await store.DeleteAsync(id, view.Id));
            var operation = new Operation(Permissions.ShareViews, AuditKinds.DeleteView, "view", view.Name);
            return await gate.RunAsync(user, operation, async token => Said(await store.DeleteAsync(id, view.Id, token)));
        });
        static OperationResult Said(bool isGone) => new() { Accepted = true, Done = isGone ? 1 : 0, Message = isGone ? "The view is deleted." : "The view was gone already." };
    }

    private async Task<OperationResult> KeepAsync(ClaimsPrincipal user, string name, string query) =>
        user.GetOperatorId() is { } id ? Said(await store.SaveAsync(id, name, query, isShared: false), name, SavedViewLimits.OfOne) : OperationResult.Refuse("You are not signed in. Sign in and try again.");

    private async Task<OperationResult> ShareAsync(ClaimsPrincipal user, string name, string query)
    {
        var operation = new Operation(Permissions.ShareViews, AuditKinds.ShareView, "view", name);
        return await gate.RunAsync(user, operation, async token => Said(await store.SaveAsync(user.GetOperatorId()!.Value, name, query, isShared: true, token), name, SavedViewLimits.OfAll));
    }

    private async Task<bool> RunAsync(Func<Task<OperationResult>> act)
    {
        try
        {
            var result = await act();
            toasts.Show(result.Accepted ? ToastKind.Done : ToastKind.Refused, result.Message);
            return result.Accepted;
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            toasts.Show(ToastKind.Failed, "Not saved: the database does not answer. Try again when it is back.");
            return false;
        }
    }

    private static OperationResult Said(SavedViewWrite written, string name, int most) => written switch
    {
        SavedViewWrite.TooMany => OperationResult.Refuse($"Not saved: there are {most} views already. Delete one first."),
        SavedViewWrite.Replaced => new() { Accepted = true, Done = 1, Message = $"{name} has this search now." },
        _ => new() { Accepted = true, Done = 1, Message = $"{name} is saved." },
    };

    private static ConfirmQuestion Question(string query, IReadOnlyList<SavedView> known, bool mayShare) => new()
    {
        Title = "Save this search as a view?",
        Text = Controls.SafeText.Inline(query, 300),
        Consequences = ["It stays in the row of views above the list, with the number of what it finds."],
        Fields =
        [
            new ConfirmField("name", "Name")
            {
                Note = "A view of this name gets this search.",
                Suggestions = [.. known.Select(view => view.Name).Distinct(StringComparer.OrdinalIgnoreCase)],
                Check = name => name.Trim().Length is 0 or > SavedViewLimits.Name ? $"A name has 1 to {SavedViewLimits.Name} characters." : null,
            },
            .. mayShare ? [new ConfirmField("for", "Who sees it") { Value = Mine, Choices = [(Mine, "Only me"), (Shared, "Everybody")] }] : (ConfirmField[])[],
        ],
        ActLabel = "Save 1 view",
        AsksReason = false,
    };
}
