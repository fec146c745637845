using System.Reflection;
using OpsConsole.Chaos.Deaths;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Chaos;

public class ScriptStepsTests
{
    private const string Excuse = "No step for";

    [Fact]
    public void Every_script_that_changes_something_is_a_step_of_failpoints_or_excused_in_the_documents()
    {
        var changing = typeof(JobClient).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".lua", StringComparison.Ordinal) && !name.StartsWith("lib/", StringComparison.Ordinal))
            .Select(name => RedisScript.Load(name[..^4]))
            .Where(script => !script.Text.Contains("Changes nothing.", StringComparison.Ordinal))
            .Select(script => script.Name).ToList();
        Assert.NotEmpty(changing);
        string[] steps = [.. ScriptSteps.OfWorkers, .. ScriptSteps.OfConsoles, .. ScriptSteps.OfOperators];
        var excuses = File.ReadLines(Repository.PathOf("docs/chaos.md")).Where(line => line.Contains(Excuse, StringComparison.Ordinal)).ToList();

        Assert.All(changing.Except(steps), name => Assert.Contains(excuses, line => line.Contains($"`{name}`", StringComparison.Ordinal)));
        Assert.All(steps, name => Assert.Contains(name, changing));
    }
}
