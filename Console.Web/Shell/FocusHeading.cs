using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace OpsConsole.Web.Shell;

/// <summary>
/// Takes the focus to the heading of a new page, so that a screen reader says where one is, but not away from a field that somebody
/// is typing in: the framework's own way drops the keys that are pressed while a page opens.
/// </summary>
public sealed class FocusHeading : ComponentBase
{
    private Type? _page;
    private bool _isNew;

    [Inject] private IJSRuntime Browser { get; set; } = default!;

    [Parameter, EditorRequired] public Microsoft.AspNetCore.Components.RouteData RouteData { get; set; } = default!;

    protected override void OnParametersSet() => (_isNew, _page) = (_page != RouteData.PageType, RouteData.PageType);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isNew) return;
        _isNew = false;
        try
        {
            await Browser.InvokeVoidAsync("ops.focusHeading");
        }
        catch (JSDisconnectedException)
        {
            // The viewer has left again.
        }
    }
}
