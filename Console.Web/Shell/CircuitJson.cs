using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.JSInterop;

namespace OpsConsole.Web.Shell;

/// <summary>
/// What a circuit knows of the types that it exchanges with its browser. Each circuit has converters of its own and so shares nothing of that
/// knowledge; and for every number it looks into all that a number implements, which came to 60 KB for each open page.
/// </summary>
internal sealed class CircuitJson : IJsonTypeInfoResolver
{
    private static readonly CircuitJson Shared = new();
    private readonly DefaultJsonTypeInfoResolver _all = new();

    /// <summary>Comes after what registers circuits.</summary>
    public static IServiceCollection AddTo(IServiceCollection services)
    {
        var made = services.Last(service => service.ServiceType == typeof(IJSRuntime)).ImplementationType!;
        return services.Replace(ServiceDescriptor.Scoped<IJSRuntime>(provider =>
        {
            var runtime = (JSRuntime)ActivatorUtilities.CreateInstance(provider, made);
            OptionsOf(runtime).TypeInfoResolver = Shared;
            return runtime;
        }));
    }

    /// <summary>Null for what numbers, texts and lists merely can do. Arguments are written as what they are; a member must not be declared as such an interface.</summary>
    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
        type.IsInterface && type.Namespace!.StartsWith("System", StringComparison.Ordinal) ? null : _all.GetTypeInfo(type, options);

    // Only what derives from it may see it; the runtime of circuits is sealed and hidden.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_JsonSerializerOptions")]
    internal static extern JsonSerializerOptions OptionsOf(JSRuntime runtime);
}
