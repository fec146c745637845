using OpsConsole.Chaos;

namespace OpsConsole.Tests.Chaos;

public class ChaosReportTests
{
    [Fact]
    public void An_experiment_that_did_not_come_to_its_end_has_failed_and_claims_nothing()
    {
        var broken = ChaosReport.Broken("herd", new InvalidOperationException("No worker came."));

        Assert.Equal("""{"experiment":"herd","ok":false,"lost":"none","double_effects":"none"}""", broken.Json());
        Assert.Contains("No worker came.", broken.Table(), StringComparison.Ordinal);
        Assert.False(ChaosReport.Sum([broken]).Ok);
    }
}
