using Microsoft.AspNetCore.Components;

namespace OpsConsole.Web.Shell;

/// <summary>The mark of the console.</summary>
public static class Brand
{
    private const string Drawing = """<svg class="brand-mark" width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M3 5h9M3 10h6M3 15h9"></path><path d="m12 6.5 4.5 3.5-4.5 3.5"></path></svg>""";

    public static MarkupString Mark { get; } = new(Drawing);

    /// <summary>With the name beside it.</summary>
    public static MarkupString Named { get; } = new(Drawing + """<span class="text">Ops Console</span>""");
}
