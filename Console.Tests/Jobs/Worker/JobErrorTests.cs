using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;

namespace OpsConsole.Tests.Jobs.Worker;

public class JobErrorTests
{
    [Fact]
    public void A_message_of_10_MB_is_cut_and_does_not_cost_the_stack()
    {
        var error = JobError.From(Thrown(new string('x', 10_000_000)));

        Assert.True(StoredCuts.IsCutMessage(error.Message));
        Assert.Equal(4_000, error.Message.Length);
        Assert.Contains(nameof(Thrown), error.Details, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_of_5_000_lines_says_how_much_is_missing()
    {
        var error = JobError.From(new DeepException(5_000));

        Assert.True(StoredCuts.IsCutDetails(error.Details));
        Assert.EndsWith("\n… 4900 more lines", error.Details, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_one_stays_whole()
    {
        var error = JobError.From(Thrown("short…"));

        Assert.Equal("short…", error.Message);
        Assert.False(StoredCuts.IsCutMessage(error.Message) || StoredCuts.IsCutDetails(error.Details));
    }

    private static InvalidOperationException Thrown(string message)
    {
        try
        {
            throw new InvalidOperationException(message);
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }

    private sealed class DeepException(int lines) : Exception("deep")
    {
        public override string ToString() => string.Join('\n', Enumerable.Range(0, lines).Select(line => $"   at Deep.Down{line}()"));
    }
}
