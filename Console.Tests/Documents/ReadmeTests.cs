using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Documents;

public sealed class ReadmeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ops-example-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_example_host_of_the_README_runs_its_job()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var space = new RedisSpace();
        using var host = ExampleHost.Create(
            [$"--contentRoot={_folder.FullName}", $"--Jobs:Redis={space.Options.Redis}", $"--Jobs:Prefix={space.Prefix}", "--Jobs:TimeoutMilliseconds=20000", "--Logging:LogLevel:Default=Warning"]).Build();
        using var written = new FileSystemWatcher(_folder.FullName);
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        written.Created += (_, file) => seen.TrySetResult(file.Name!);
        written.EnableRaisingEvents = true;

        await host.StartAsync(cancel);
        var made = await host.Services.GetRequiredService<JobClient>()
            .EnqueueAsync<InvoiceJobs>(invoices => invoices.WriteAsync(4711, "Ada", default!, default), cancel: cancel);

        Assert.True(made.IsCreated, made.Message);
        Assert.Equal("invoice-4711.txt", await seen.Task.WaitAsync(cancel));
        // A worker that stops waits for what it runs, so the job has ended after this.
        await host.StopAsync(cancel);
        Assert.Equal(nameof(JobState.Succeeded), await (await RedisSpace.DatabaseAsync()).HashGetAsync(space.Keys.Job(made.Id), "State"));
    }

    [Fact]
    public void The_README_shows_the_example_host_as_it_is()
    {
        var lines = File.ReadLines(Repository.PathOf("Console.Tests/Documents/ExampleHost.cs")).Where(line => !line.StartsWith("namespace", StringComparison.Ordinal));
        var code = string.Join('\n', lines).Replace("\n\n\n", "\n\n", StringComparison.Ordinal).Trim();

        Assert.Contains(code, File.ReadAllText(Repository.PathOf("README.md")), StringComparison.Ordinal);
    }
}
