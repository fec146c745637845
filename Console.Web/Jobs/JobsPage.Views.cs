using Microsoft.AspNetCore.Components;
using OpsConsole.Data;
using OpsConsole.Data.History.Search;
using OpsConsole.Data.Views;
using OpsConsole.Web.Jobs.Views;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Jobs;

// Views, and how many they and the search find.
public partial class JobsPage
{
    private const int MostCounted = 12;
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(15);
    private readonly Dictionary<Guid, FoundCount> _viewCounts = [];
    private IReadOnlyList<SavedView> _views = [];
    private SavedView? _view;
    private FoundCount? _count;
    private bool _areViewsRead;

    [Inject] private SavedViewStore Store { get; set; } = default!;

    [Inject] private ViewCounts Counts { get; set; } = default!;

    [Inject] private ViewActs ViewActs { get; set; } = default!;

    private async Task ReadViewsAsync(bool anew = false)
    {
        try
        {
            if (_user.GetOperatorId() is { } id && (anew || !_areViewsRead)) _views = await Store.ListAsync(id, Left);
            _areViewsRead = true;
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            // The list works without them; they come with the next search.
        }
        _view = _given is { Text.Length: > 0 } ? _views.FirstOrDefault(view => view.Query == _given.Text) : null;
    }

    private async Task SaveViewAsync()
    {
        if (await ViewActs.SaveAsync(_given!.Text, _views)) await ViewsChangedAsync();
    }

    private async Task DeleteViewAsync(SavedView view)
    {
        if (await ViewActs.DeleteAsync(view)) await ViewsChangedAsync();
    }

    private async Task ViewsChangedAsync()
    {
        await ReadViewsAsync(anew: true);
        await CountAsync();
    }

    private async Task CountAgainAndAgainAsync()
    {
        await InvokeAsync(CountAsync);
        await PageLoop.RunAsync(Clock, CountEvery, () => InvokeAsync(CountAsync), Left);
    }

    private async Task CountAsync()
    {
        try
        {
            if (_list?.Page is { Plan.Past: true } && _given?.Query is { } query) _count = await Counts.OfAsync(query, Left);
            foreach (var view in _views.Take(MostCounted))
            {
                if (JobQuery.Parse(view.Query, Context).Query is { } saved && await Counts.OfAsync(saved, Left) is { } count) _viewCounts[view.Id] = count;
                else _viewCounts.Remove(view.Id);
            }
            StateHasChanged();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left.
        }
    }
}
