using Microsoft.JSInterop;

namespace OpsConsole.Web.Shell;

/// <summary>The keys by which one goes through a list: j and k move, x selects, Enter opens, Escape clears. They act while nobody types.</summary>
public sealed class ListKeys : IAsyncDisposable
{
    private static readonly string[] Keys = ["j", "k", "x", "Enter", "Escape"];
    private readonly DotNetObjectReference<ListKeys> _self;
    private readonly Action<string> _onKey;
    private IJSObjectReference? _listener;

    private ListKeys(Action<string> onKey)
    {
        _onKey = onKey;
        _self = DotNetObjectReference.Create(this);
    }

    /// <summary>Listens until it is disposed. Null when the viewer has left already.</summary>
    public static async Task<ListKeys?> ListenAsync(IJSRuntime browser, Action<string> onKey)
    {
        var keys = new ListKeys(onKey);
        try
        {
            keys._listener = await browser.InvokeAsync<IJSObjectReference>("ops.listenKeys", keys._self, Keys);
            return keys;
        }
        catch (JSDisconnectedException)
        {
            await keys.DisposeAsync();
            return null;
        }
    }

    [JSInvokable]
    public void OnKeyAsync(string key) => _onKey(key);

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_listener is not null)
            {
                await _listener.InvokeVoidAsync("dispose");
                await _listener.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has forgotten the keys together with the page.
        }
        _self.Dispose();
    }
}
