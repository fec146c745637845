using Bunit;
using Microsoft.AspNetCore.Components;

namespace OpsConsole.Tests.Support;

internal static class RenderedPages
{
    /// <summary>
    /// Waits until what was clicked before has been handled as far as it goes by itself. A click that meets a render on
    /// another thread is only queued, and returns at once.
    /// </summary>
    public static Task HandledAsync<T>(this IRenderedComponent<T> page) where T : IComponent => page.InvokeAsync(() => { });
}
