using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.History;
using OpsConsole.Tests.Data.History;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Web.Jobs;
using OpsConsole.Web.Jobs.Past;
using OpsConsole.Web.Live;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.Web.Jobs;

/// <summary>The page of a job of which only the history knows, on real servers.</summary>
public sealed class PastJobPageTests : BunitContext, IAsyncLifetime
{
    private readonly JobsSpace _jobs = new();
    private HistorySpace _history = null!;

    public async ValueTask InitializeAsync()
    {
        _history = await HistorySpace.OpenAsync();
        var time = _history.Data.Time;
        Services.AddSingleton<TimeProvider>(time).AddSingleton(_jobs.Inspector).AddSingleton(_jobs.Catalogue);
        Services.AddSingleton(new FleetBoard(time)).AddSingleton(new JobBoard(time)).AddSingleton(new ViewerTime(time)).AddSingleton<Confirm>().AddSingleton<Toasts>();
        Services.AddSingleton(new JobHistory(_history.Data.Get<AttemptReader>(), new HistoryRetention()));
        Services.AddSingleton(_history.Data.Get<OpsConsole.Data.Audit.AuditStore>());
        Services.AddScoped(provider => new JobActs(null!, provider.GetRequiredService<Confirm>(), provider.GetRequiredService<Toasts>(), provider.GetRequiredService<AuthenticationStateProvider>()));
        JSInterop.Mode = JSRuntimeMode.Loose;
        AddAuthorization().SetAuthorized("Vera").SetPolicies(Permissions.View, Permissions.RetryJobs, Permissions.DeleteJobs);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await base.DisposeAsync();
        await _jobs.DisposeAsync();
        await _history.DisposeAsync();
    }

    [Fact]
    public async Task It_shows_the_attempts_and_offers_no_act()
    {
        var row = SomeHistory.Attempt(_history.Now, "gone", AttemptOutcome.Failed) with
        {
            StartedAt = _history.Now.AddSeconds(-5),
            RunMs = 5_000,
            Arguments = """{"customer":42}""",
            ErrorType = "<script>alert(1)</script>",
            ErrorMessage = "<img src=x onerror=alert(1)>",
            Stack = "   at Shop.<b>Run</b>()",
            Tags = ["<i>acme</i>"],
            Cut = CutTexts.Stack,
            IsRedacted = true,
        };
        await _history.Store.WriteAsync(await _history.AcquireAsync(), SomeHistory.Batch(row), HistorySpace.Cancel);

        var page = Render<JobDetailsPage>(p => p.Add(x => x.Id, "gone"));

        await page.WaitForAssertionAsync(() => Assert.Equal("reports.generate", page.Find("h1").TextContent), TimeSpan.FromSeconds(30));
        Assert.Contains("Redis no longer has this job", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Not stored whole: the stack.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("marked as secret", page.Markup, StringComparison.Ordinal);
        Assert.Contains("customer", page.Find(".json").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("script, img, .exception b b, .chip i"));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Retry", StringComparison.Ordinal) || button.TextContent.Contains("Delete", StringComparison.Ordinal));
    }
}
