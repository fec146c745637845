using System.Reflection;

namespace OpsConsole.Tests.Architecture;

public class AssemblyTests
{
    [Fact]
    public void Job_hosts_take_in_nothing_but_Redis_and_hosting_abstractions()
    {
        var strangers = ReferencesOf("OpsConsole.Jobs").Where(name =>
            name != "StackExchange.Redis" && !name.StartsWith("System", StringComparison.Ordinal)
            && !name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal));

        Assert.Empty(strangers);
    }

    [Fact]
    public void Jobs_and_Data_never_meet()
    {
        Assert.DoesNotContain("OpsConsole.Data", ReferencesOf("OpsConsole.Jobs"));
        Assert.DoesNotContain("OpsConsole.Jobs", ReferencesOf("OpsConsole.Data"));
    }

    [Fact]
    public void A_job_host_does_not_take_in_the_console()
    {
        var references = ReferencesOf("OpsConsole.Samples.Reports");

        Assert.DoesNotContain("OpsConsole.Data", references);
        Assert.DoesNotContain("OpsConsole.Web", references);
    }

    [Theory]
    [InlineData("OpsConsole.Jobs")]
    [InlineData("OpsConsole.Data")]
    [InlineData("OpsConsole.Web")]
    [InlineData("OpsConsole.Bench")]
    [InlineData("OpsConsole.Samples.Reports")]
    public void No_namespace_hides_System_Console_from_those_who_reference_the_assembly(string assembly) =>
        Assert.DoesNotContain(
            Assembly.Load(assembly).GetTypes(),
            type => type.Namespace is "Console" || type.Namespace?.StartsWith("Console.", StringComparison.Ordinal) == true);

    private static IReadOnlyList<string> ReferencesOf(string assembly) =>
        [.. Assembly.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name!)];
}
