using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Tests.Bench.Circuits;

/// <summary>The protocol of circuits as the framework itself writes and reads it, the console's side of the wire.</summary>
internal static class BlazorProtocol
{
    private static readonly IHubProtocol s_protocol = Make();

    /// <summary>A message with its length in front.</summary>
    public static byte[] Framed(HubMessage message) => s_protocol.GetMessageBytes(message).ToArray();

    /// <summary>A message without its length, which has one byte or two.</summary>
    public static byte[] Bare(HubMessage message)
    {
        var framed = Framed(message);
        return framed[(framed.Length > 0x80 ? 2 : 1)..];
    }

    /// <summary>The call that a browser made.</summary>
    /// <param name="bytes">With its length.</param>
    /// <param name="types">Of its arguments.</param>
    public static HubMessage? Read(byte[] bytes, params Type[] types)
    {
        var sequence = new System.Buffers.ReadOnlySequence<byte>(bytes);
        return s_protocol.TryParseMessage(ref sequence, new Binder(types), out var message) && sequence.IsEmpty ? message : null;
    }

    private static IHubProtocol Make()
    {
        var services = new ServiceCollection();
        services.AddLogging().AddServerSideBlazor();
        return services.BuildServiceProvider().GetServices<IHubProtocol>().Single(protocol => protocol.Name == "blazorpack");
    }

    private sealed class Binder(Type[] types) : IInvocationBinder
    {
        public IReadOnlyList<Type> GetParameterTypes(string methodName) => types;

        public Type GetReturnType(string invocationId) => typeof(string);

        public Type GetStreamItemType(string streamId) => typeof(string);
    }
}
