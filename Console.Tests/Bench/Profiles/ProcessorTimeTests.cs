using OpsConsole.Bench.Profiles;

namespace OpsConsole.Tests.Bench.Profiles;

public sealed class ProcessorTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<int, string> Names = new() { [1] = ".NET TP Worker", [2] = ".NET Tiered Com", [3] = ".NET EventPipe" };

    [Fact]
    public void Time_goes_to_the_stacks_at_which_its_thread_was_found_meanwhile()
    {
        var sums = ProcessorTime.Spread([Time(1, 0, 10, 8), Time(1, 10, 20, 2)], [Seen(1, 3, "parse"), Seen(1, 6, "send"), Seen(1, 12, "send")], Names);

        Assert.Equal([new MethodSum("send", 6, 6), new MethodSum("parse", 4, 4)], sums.TopOwn(10));
    }

    [Fact]
    public void A_thread_that_also_waited_used_the_processor_where_it_did_not()
    {
        var sums = ProcessorTime.Spread([Time(1, 0, 10, 3)],
            [Seen(1, 1, "Monitor.Wait", isManaged: false), Seen(1, 2, "Monitor.Wait", isManaged: false), Seen(1, 3, "SocketPal.Send (native)", isManaged: false)], Names);

        Assert.Equal([new MethodSum("SocketPal.Send (native)", 3, 3)], sums.TopOwn(10));
    }

    [Fact]
    public void A_thread_that_was_only_seen_waiting_used_the_processor_to_wait_and_one_that_spins_is_at_work()
    {
        var waits = ProcessorTime.Spread([Time(1, 0, 10, 3)], [Seen(1, 1, "Monitor.Wait", isManaged: false)], Names);
        Assert.Equal("Monitor.Wait", Assert.Single(waits.TopOwn(10)).Method);

        var spins = ProcessorTime.Spread([Time(1, 0, 10, 3)], [Seen(1, 1, "LowLevelLifoSemaphore.Wait"), Seen(1, 2, "LowLevelLifoSemaphore.Wait", isManaged: false)], Names);
        Assert.Equal(3, Assert.Single(spins.TopOwn(10)).Own);
    }

    [Fact]
    public void Threads_without_stacks_stand_under_their_names_except_the_one_that_takes_the_stacks()
    {
        var sums = ProcessorTime.Spread([Time(1, 0, 10, 1), Time(2, 0, 10, 5), Time(2, 10, 20, 5), Time(3, 0, 10, 9), Time(4, 0, 10, 2)], [Seen(1, 15, "parse")], Names);

        Assert.Equal([new MethodSum("(thread .NET Tiered Com…)", 10, 10), new MethodSum("(thread without a name)", 2, 2), new MethodSum(ProcessorTime.Unseen, 1, 1)], sums.TopOwn(10));
    }

    private static ThreadTime Time(int thread, int from, int to, double milliseconds) => new(thread, Start.AddMilliseconds(from), Start.AddMilliseconds(to), milliseconds);

    private static ThreadSample Seen(int thread, int at, string method, bool isManaged = true) => new(thread, Start.AddMilliseconds(at), isManaged, [method]);
}
