using OpsConsole.Samples.Reports.Documents;

namespace OpsConsole.Tests.Samples;

public sealed class QueryCommandTests : IDisposable
{
    private readonly SampleFolder _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public async Task Answer_lists_files_and_the_exit_code_says_whether_any_was_found()
    {
        await _sample.MakeDocumentsAsync();
        await _sample.DocumentJobs.IndexAsync("documents", _sample.Job, TestContext.Current.CancellationToken);
        using var output = new StringWriter();

        Assert.Equal(0, QueryCommand.Run(_sample.Index, ["supply", "agreement", "--Reports:DataFolder=ignored"], output));
        Assert.Contains("documents/001-supply-agreement.docx", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, QueryCommand.Run(_sample.Index, ["unicorn"], output));
        Assert.Equal(2, QueryCommand.Run(_sample.Index, [], output));
    }
}
