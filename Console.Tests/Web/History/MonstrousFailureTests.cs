using System.Text;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpsConsole.Data.History;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Data.History;
using OpsConsole.Tests.Jobs.Worker;
using OpsConsole.Tests.Support;
using OpsConsole.Web.History;
using OpsConsole.Web.Jobs;
using OpsConsole.Web.Jobs.Past;
using OpsConsole.Web.Live;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.Web.History;

/// <summary>A failure beyond all measure, from a worker whose clock is wrong, through Redis into the history and onto the page of its job.</summary>
public sealed class MonstrousFailureTests : BunitContext, IAsyncLifetime
{
    private WorkerSpace _jobs = null!;
    private HistorySpace _history = null!;
    private HistoryIngestor _ingestor = null!;

    public async ValueTask InitializeAsync()
    {
        _jobs = await WorkerSpace.OpenAsync();
        _history = await HistorySpace.OpenAsync();
        var time = _history.Data.Time;
        time.Advance(TimeProvider.System.GetUtcNow() - time.GetUtcNow());
        var catalogue = new JobCatalogue(_jobs.Redis, TimeProvider.System);
        var inspector = new JobInspector(_jobs.Redis, catalogue, TimeProvider.System);
        var services = new IngestServices(_history.Store, new JobEventReader(_jobs.Redis, TimeProvider.System), new JobFactsReader(_jobs.Redis, catalogue), catalogue,
            inspector, null, Options.Create(new HistoryOptions()), TimeProvider.System);
        _ingestor = new HistoryIngestor(services, NullLogger<HistoryIngestor>.Instance);
        Services.AddSingleton<TimeProvider>(time).AddSingleton(inspector).AddSingleton(catalogue);
        Services.AddSingleton(new FleetBoard(time)).AddSingleton(new JobBoard(time)).AddSingleton(new ViewerTime(time)).AddSingleton<Confirm>().AddSingleton<Toasts>();
        Services.AddSingleton(new JobHistory(_history.Data.Get<AttemptReader>(), new HistoryRetention()));
        Services.AddSingleton(_history.Data.Get<OpsConsole.Data.Audit.AuditStore>());
        Services.AddScoped(provider => new JobActs(null!, provider.GetRequiredService<Confirm>(), provider.GetRequiredService<Toasts>(), provider.GetRequiredService<AuthenticationStateProvider>()));
        JSInterop.Mode = JSRuntimeMode.Loose;
        AddAuthorization().SetAuthorized("Vera").SetPolicies(Permissions.View);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await _ingestor.StopAsync(CancellationToken.None);
        await base.DisposeAsync();
        await _jobs.DisposeAsync();
        await _history.DisposeAsync();
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task It_is_stored_cut_and_marked_as_cut_and_shown_safely_with_no_negative_time(int clockMinutes)
    {
        await _ingestor.StartAsync(HistorySpace.Cancel);
        await _jobs.StartAsync(services: services => services.AddSingleton<TimeProvider>(new ShiftedTime(TimeSpan.FromMinutes(clockMinutes))));
        var id = await _jobs.EnqueueAsync(job => job.FailMonstrously());
        var row = await StoredAsync(id);

        Assert.Equal((AttemptOutcome.Failed, MonstrousFailure.Name, CutTexts.Message | CutTexts.Stack), (row.Outcome, row.ErrorType, row.Cut));
        Assert.InRange(Encoding.UTF8.GetByteCount(row.ErrorMessage!), 1_000, 4_096);
        Assert.InRange(Encoding.UTF8.GetByteCount(row.Stack!), 1_000, 32_768);
        Assert.InRange(row.RunMs!.Value, 0, 299_000);
        Assert.InRange(row.WaitMs!.Value, 0, 299_000);
        Assert.True(row.CreatedAt <= row.EnqueuedAt && row.EnqueuedAt <= row.StartedAt && row.StartedAt <= row.EndedAt, $"{row.CreatedAt:O} {row.EnqueuedAt:O} {row.StartedAt:O} {row.EndedAt:O}");
        await SeeTextAsync(id);
        await _jobs.Database.KeyDeleteAsync([_jobs.Keys.Job(id), _jobs.Keys.JobHistory(id), _jobs.Keys.JobStateData(id)]);
        Assert.Contains("Not stored whole: the message, the stack.", await SeeTextAsync(id), StringComparison.Ordinal);
    }

    private async Task<string> SeeTextAsync(string id)
    {
        var page = Render<JobDetailsPage>(p => p.Add(x => x.Id, id));
        await page.WaitForAssertionAsync(() => Assert.Contains("script>alert(1)", page.Find(".exception").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("script, img"));
        return page.Markup;
    }

    private async Task<AttemptRow> StoredAsync(string id)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(HistorySpace.Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (await _history.Data.Get<AttemptReader>().GetByJobAsync(id, 10, limit.Token) is [var row])
                return row;
            await Task.Delay(50, limit.Token);
        }
    }
}
