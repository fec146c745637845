using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Bunit;

namespace OpsConsole.Tests.Support;

/// <summary>What bunit needs before the first component test.</summary>
internal static class BunitSetUp
{
    [ModuleInitializer]
    internal static void SetUp()
    {
        ResolveByName();
        WaitLonger();
    }

    /// <summary>bunit is built against another version of AngleSharp.Diffing; the one beside this assembly serves it as well.</summary>
    private static void ResolveByName() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name == "AngleSharp.Diffing"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll"))
            : null;

    /// <summary>A wait ends as soon as its condition holds; bunit's own second is too short for pages that ask a busy server.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WaitLonger() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);
}
