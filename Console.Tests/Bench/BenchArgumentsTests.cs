using OpsConsole.Bench;

namespace OpsConsole.Tests.Bench;

public sealed class BenchArgumentsTests
{
    [Fact]
    public void A_scenario_is_run_as_it_is_asked_for()
    {
        var asked = Read("drain", "--quick");

        Assert.Null(asked.Problem);
        Assert.Equal(("drain", true, false), (asked.Scenario!.Name, asked.Quick, asked.Profile));
        Assert.True(Read("--profile", "drain").Profile);
    }

    [Fact]
    public void Who_asks_for_nothing_is_shown_what_there_is()
    {
        var asked = Read();

        Assert.Null(asked.Scenario);
        Assert.Null(asked.Problem);
    }

    [Theory]
    [InlineData("There is no option '--foo'", "drain", "--foo")]
    [InlineData("There is no scenario 'drian'", "drian")]
    [InlineData("One scenario at a time: drain, both were named.", "drain", "both")]
    [InlineData("No scenario is named.", "--quick")]
    [InlineData("nothing to profile", "search", "--profile")]
    public void What_cannot_be_done_is_refused_with_the_reason(string reason, params string[] arguments) =>
        Assert.Contains(reason, Read(arguments).Problem, StringComparison.Ordinal);

    private static BenchArguments Read(params string[] arguments) => BenchArguments.Read(arguments, Scenarios.All);
}
