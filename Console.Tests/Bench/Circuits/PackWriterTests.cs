using Microsoft.AspNetCore.SignalR.Protocol;
using OpsConsole.Bench.Circuits;

namespace OpsConsole.Tests.Bench.Circuits;

public sealed class PackWriterTests
{
    [Fact]
    public void The_framework_reads_a_call_as_it_was_meant()
    {
        // Long enough for a length of two bytes, and with letters of more than one.
        var state = string.Concat(Enumerable.Repeat("Zürich ", 40));
        var call = Assert.IsType<InvocationMessage>(BlazorProtocol.Read(PackWriter.Call("0", "StartCircuit", "http://127.0.0.1/", state), typeof(string), typeof(string)));

        Assert.Equal(("0", "StartCircuit"), (call.InvocationId, call.Target));
        Assert.Equal(["http://127.0.0.1/", state], call.Arguments);
    }

    [Fact]
    public void Numbers_truths_and_nothing_arrive_as_such()
    {
        var call = Assert.IsType<InvocationMessage>(BlazorProtocol.Read(PackWriter.Call(null, "EndInvokeJSFromDotNet", 70_000L, true, null), typeof(long), typeof(bool), typeof(string)));

        Assert.Null(call.InvocationId);
        Assert.Equal([70_000L, true, null], call.Arguments);
    }

    [Fact]
    public void A_ping_is_one() => Assert.IsType<PingMessage>(BlazorProtocol.Read(PackWriter.Ping));
}
