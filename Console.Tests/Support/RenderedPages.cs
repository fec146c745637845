using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace OpsConsole.Tests.Support;

internal static class RenderedPages
{
    /// <summary>
    /// Clicks or types where pages draw themselves again at any moment: found and done in one turn of the renderer, so that
    /// no render comes between, and handled as far as it goes by itself when this ends.
    /// </summary>
    public static Task DoAsync<T>(this IRenderedComponent<T> page, string selector, Action<IElement> act) where T : IComponent =>
        page.InvokeAsync(() => act(page.Find(selector)));
}
