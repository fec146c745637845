using OpsConsole.Bench.Profiles;

namespace OpsConsole.Tests.Bench.Profiles;

public sealed class FrameNameTests
{
    private const string HeldUp = "System.Threading.Thread.<PollGC>g__PollGCWorker|67_0()";

    [Theory]
    [InlineData("System.Threading.Monitor.Wait(class System.Object,int32)", "Monitor.Wait")]
    [InlineData("System.Collections.Generic.List`1[System.UInt64]..ctor(class System.Collections.Generic.IEnumerable`1<!0>)", "List..ctor")]
    [InlineData("System.Threading.PortableThreadPool+WorkerThread.WorkerThreadStart()", "PortableThreadPool.WorkerThread.WorkerThreadStart")]
    [InlineData("OpsConsole.Jobs.Worker.PoolLoop+<ExchangeAsync>d__12.MoveNext()", "PoolLoop.ExchangeAsync (async)")]
    [InlineData("OpsConsole.Jobs.Worker.PoolLoop+<ReadAsync>d__3`1[System.__Canon].MoveNext()", "PoolLoop.ReadAsync (async)")]
    [InlineData("OpsConsole.Jobs.Worker.PoolLoop+<>c__DisplayClass5_0+<<RunAsync>b__1>d.MoveNext()", "PoolLoop.RunAsync (async)")]
    [InlineData("OpsConsole.Jobs.Worker.PoolLoop+<>c.<RunAsync>b__5_0(int32)", "PoolLoop.RunAsync (lambda)")]
    [InlineData("OpsConsole.Jobs.Worker.PoolLoop+<>c__DisplayClass5_0.<RunAsync>b__0(int32)", "PoolLoop.RunAsync (lambda)")]
    [InlineData("System.Runtime.CompilerServices.AsyncTaskMethodBuilder`1+AsyncStateMachineBox`1[System.Threading.Tasks.VoidTaskResult,Shop.Program+<Run>d__0].MoveNext(class System.Threading.Thread)",
        "AsyncTaskMethodBuilder.AsyncStateMachineBox.MoveNext")]
    [InlineData(HeldUp, "Thread.PollGC.PollGCWorker")]
    [InlineData("", FrameName.Native)]
    public void A_method_has_the_name_that_its_writer_gave_it(string full, string name) => Assert.Equal(name, FrameName.Of(full));

    [Fact]
    public void A_stack_says_who_called_the_system_and_leaves_out_that_it_was_held_up()
    {
        Assert.Equal(["SocketPal.Send (native)", "SocketPal.Send", "Program.Main"], FrameName.Stack(["", "System.Net.Sockets.SocketPal.Send(int32)", "", "Shop.Program.Main()"]));
        Assert.Equal(["Program.Main"], FrameName.Stack([HeldUp, "Shop.Program.Main()"]));
        Assert.Equal([FrameName.Native], FrameName.Stack([""]));
        Assert.Empty(FrameName.Stack([]));
    }
}
