using Microsoft.AspNetCore.Components;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Shell;

/// <summary>A component that shows the fleet and is drawn again when it changes. Before the circuit is up it shows it once.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private LiveSubscription? _subscription;

    [Inject] protected FleetBoard Fleet { get; set; } = default!;

    /// <summary>What is shown now.</summary>
    protected FleetView View { get; private set; } = FleetView.Empty;

    /// <summary>False for one that shows nothing of the fleet and need not be told of it.</summary>
    protected virtual bool IsLive => true;

    protected override void OnInitialized()
    {
        View = Fleet.Current;
        Take(View);
        if (IsLive && RendererInfo.IsInteractive)
            _subscription = Fleet.Subscribe(RefreshAsync);
    }

    /// <summary>Takes from a new view what is kept beside it; false when nothing that is shown has changed.</summary>
    protected virtual bool Take(FleetView view) => true;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _subscription?.Dispose();

    private Task RefreshAsync() => InvokeAsync(() =>
    {
        View = Fleet.Current;
        if (Take(View))
            StateHasChanged();
    });
}
