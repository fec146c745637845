using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpsConsole.Data;
using OpsConsole.Data.History;
using OpsConsole.Data.History.Search;
using OpsConsole.Tests.Data.History;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Jobs;
using OpsConsole.Web.Jobs.Search;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Jobs;

/// <summary>What a search finds as a file, on real servers.</summary>
public sealed class JobExportTests : IAsyncLifetime
{
    private const int Rows = 1_200;
    private readonly JobsSpace _jobs = new();
    private HistorySpace _history = null!;
    private TcpProxy _way = null!;
    private ServiceProvider _services = null!;

    public async ValueTask InitializeAsync()
    {
        _history = await HistorySpace.OpenAsync();
        var there = new NpgsqlConnectionStringBuilder(_history.Data.ConnectionString);
        _way = new TcpProxy(there.Host!, there.Port);
        var through = new NpgsqlConnectionStringBuilder(there.ConnectionString) { Host = "127.0.0.1", Port = _way.Port };
        _services = new ServiceCollection().AddSingleton<TimeProvider>(_history.Data.Time).AddConsoleData(through.ConnectionString).BuildServiceProvider();
        AttemptRow[] rows = [.. Enumerable.Range(0, Rows).Select(i => SomeHistory.Attempt(_history.Now.AddSeconds(i - Rows), $"job-{i:0000}", AttemptOutcome.Failed) with { ErrorType = "Acme.OddError", ErrorMessage = $"=HYPERLINK(\"{i}\")" })];
        await _history.Store.WriteAsync(await _history.AcquireAsync(), SomeHistory.Batch(rows), HistorySpace.Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _way.DisposeAsync();
        await _jobs.DisposeAsync();
        await _history.DisposeAsync();
    }

    [Fact]
    public async Task It_has_every_row_once_and_nothing_that_a_spreadsheet_would_compute()
    {
        var body = new Body();

        await ExportAsync(body, "outcome:failed since:1d");

        var lines = body.Lines;
        Assert.Equal(Rows + 1, lines.Length);
        Assert.Equal(Enumerable.Range(0, Rows).Reverse().Select(i => $"job-{i:0000}"), lines.Skip(1).Select(line => line[..8]));
        Assert.All(lines.Skip(1), (line, i) => Assert.Contains($",\"'=HYPERLINK(\"\"{Rows - 1 - i}\"\")\",", line, StringComparison.Ordinal));
        Assert.False(body.IsAborted);
    }

    [Fact]
    public async Task A_file_that_ends_early_because_the_database_has_gone_does_not_look_whole()
    {
        var body = new Body { OnWrite = _way.Cut };

        await ExportAsync(body, "outcome:failed since:1d");

        Assert.True(body.IsAborted);
        Assert.InRange(body.Lines.Length, 1, Rows);
    }

    [Fact]
    public async Task It_ends_when_who_asked_has_gone()
    {
        var body = new Body();
        body.OnWrite = body.Abort;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ExportAsync(body, "outcome:failed since:1d"));
        Assert.InRange(body.Lines.Length, 1, Rows);
    }

    [Fact]
    public async Task A_search_that_cannot_be_read_says_where_it_is_wrong()
    {
        var body = new Body();

        var answer = await ExportAsync(body, "type:reports since:whenever");

        Assert.Equal(StatusCodes.Status400BadRequest, answer.StatusCode);
        Assert.StartsWith("The search cannot be read. At character 20:", body.Text, StringComparison.Ordinal);
    }

    private async Task<HttpResponse> ExportAsync(Body body, string search)
    {
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpRequestLifetimeFeature>(body);
        http.Response.Body = body;
        var found = new JobSearch(_jobs.Inspector, _services.GetRequiredService<AttemptSearch>(), _services.GetRequiredService<HistoryStore>(), new FleetBoard(TimeProvider.System), _history.Data.Time);
        await JobExport.WriteAsync(http, found, _history.Data.Time, search);
        return http.Response;
    }

    /// <summary>The browser's end of the connection.</summary>
    private sealed class Body : MemoryStream, IHttpRequestLifetimeFeature
    {
        private readonly CancellationTokenSource _abort = new();

        public Action? OnWrite { get; set; }

        public CancellationToken RequestAborted
        {
            get => _abort.Token;
            set => throw new NotSupportedException();
        }

        public bool IsAborted => _abort.IsCancellationRequested;

        public string Text => Encoding.UTF8.GetString(ToArray());

        public string[] Lines => Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        public void Abort() => _abort.Cancel();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await base.WriteAsync(buffer, CancellationToken.None);
            OnWrite?.Invoke();
        }
    }
}
