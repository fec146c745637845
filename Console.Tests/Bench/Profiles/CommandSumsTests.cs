using OpsConsole.Bench.Profiles;

namespace OpsConsole.Tests.Bench.Profiles;

public sealed class CommandSumsTests
{
    [Fact]
    public void Commands_are_those_between_two_looks_and_the_longest_comes_first()
    {
        var before = Read(("cmdstat_get", "calls=10,usec=1000,usec_per_call=100.00,rejected_calls=0,failed_calls=0"), ("cmdstat_ping", "calls=3,usec=3,usec_per_call=1.00"));
        var after = Read(("cmdstat_get", "calls=30,usec=3000,usec_per_call=100.00,rejected_calls=0,failed_calls=0"), ("cmdstat_ping", "calls=3,usec=3,usec_per_call=1.00"),
            ("cmdstat_config|set", "calls=2,usec=5000,usec_per_call=2500.00"), ("total_net_input_bytes", "12"));

        var sums = CommandSums.Between(before, after);

        Assert.Equal([new CommandSum("config|set", 2, 5), new CommandSum("get", 20, 2)], sums);
        Assert.Equal(2_500, sums[0].MicrosecondsPerCall);
    }

    [Fact]
    public void A_table_gives_each_command_its_share_of_the_time()
    {
        var lines = ProfileTable.OfRedis(0.5, 0.4, [new CommandSum("evalsha", 1_000, 250)]).Split('\n');

        Assert.Contains("0.40 s of processor time in 0.5 s", lines[0], StringComparison.Ordinal);
        Assert.Equal(["evalsha", "1,000", "250.0", "50.0", "%"], lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static IReadOnlyDictionary<string, CommandSum> Read(params (string Key, string Value)[] lines) => CommandSums.Read(lines.ToDictionary(line => line.Key, line => line.Value));
}
