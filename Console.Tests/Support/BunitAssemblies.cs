using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace OpsConsole.Tests.Support;

/// <summary>bunit is built against another version of AngleSharp.Diffing; the one beside this assembly serves it as well.</summary>
internal static class BunitAssemblies
{
    [ModuleInitializer]
    internal static void ResolveByName() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name == "AngleSharp.Diffing"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll"))
            : null;
}
