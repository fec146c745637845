using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Audit;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Data;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Jobs;
using OpsConsole.Web.Jobs.Views;
using OpsConsole.Web.Live;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.Web.Jobs;

/// <summary>The pages on what a real Hangfire left behind and on what nobody should have written.</summary>
public sealed class JobPagesTests : BunitContext, IAsyncLifetime
{
    private readonly JobsSpace _jobs = new();
    private readonly BunitAuthorizationContext _user;

    public JobPagesTests()
    {
        var time = new FakeTime(DateTimeOffset.UtcNow);
        Services.AddSingleton<TimeProvider>(time);
        Services.AddSingleton(_jobs.Inspector).AddSingleton(_jobs.Catalogue);
        Services.AddSingleton(new FleetBoard(time)).AddSingleton(new JobBoard(time)).AddSingleton(new HistoryBoard(time));
        Services.AddDataThatIsAway().AddJobPages();
        Services.AddScoped(provider => new ViewActs(null!, null!, null!, null!, null!));
        Services.AddSingleton(new ViewerTime(time)).AddSingleton<Confirm>().AddSingleton<Toasts>();
        Services.AddSingleton(new AuditStore(null!, time));
        Services.AddScoped(provider => new JobActs(null!, provider.GetRequiredService<Confirm>(), provider.GetRequiredService<Toasts>(), provider.GetRequiredService<AuthenticationStateProvider>()));
        JSInterop.Mode = JSRuntimeMode.Loose;
        _user = AddAuthorization();
        _user.SetAuthorized("Vera");
        _user.SetPolicies(Permissions.View);
        SetRendererInfo(new RendererInfo("Server", true));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await base.DisposeAsync();
        await _jobs.DisposeAsync();
    }

    private IRenderedComponent<JobDetailsPage> Show(string id) => Render<JobDetailsPage>(p => p.Add(x => x.Id, id));

    [Theory]
    [InlineData("rich-180")]
    [InlineData("compat170")]
    [InlineData("compat110-fulltypenames")]
    public async Task Every_job_that_Hangfire_left_has_a_page(string fixture)
    {
        await _jobs.LoadAsync(fixture);
        var states = Enum.GetValues<JobState>();
        var seen = 0;
        foreach (var state in states)
        {
            var page = await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = state, Limit = 100 }, JobsSpace.Cancel);
            foreach (var job in page.Jobs)
            {
                var shown = Show(job.Id);
                await shown.WaitForAssertionAsync(() => Assert.Equal(job.Name, shown.Find("h1").TextContent));
                if (job.State == JobState.Failed) Assert.NotEmpty(shown.FindAll(".exception"));
                seen++;
            }
        }
        Assert.True(seen >= 13, $"only {seen} jobs were listed");
    }

    [Fact]
    public async Task A_job_that_is_not_there_is_named_together_with_what_may_have_become_of_it()
    {
        var page = Show("no<b>thing");
        await page.WaitForAssertionAsync(() => Assert.Contains("This job is not there", page.Markup, StringComparison.Ordinal));
        Assert.Equal("no<b>thing", page.Find(".looked-for").TextContent);
        Assert.Contains("kept there for a day, or as long as their host says. The history cannot be read now", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_of_which_half_is_missing_has_a_page_that_says_so()
    {
        var database = await RedisSpace.DatabaseAsync();
        await database.HashSetAsync(_jobs.Keys.Job("half"), [new("State", "Wandering"), new("Arguments", "not json"), new("CreatedAt", "soon")]);
        await database.ListRightPushAsync(_jobs.Keys.JobHistory("half"), ["{", "[]", "{\"State\":\"Processing\"}", "{\"State\":\"<script>\",\"Reason\":\"<img src=x>\",\"CreatedAt\":\"1e99\"}"]);
        var page = Show("half");
        await page.WaitForAssertionAsync(() => Assert.Contains("only half there", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("script, img"));
    }

    [Fact]
    public async Task A_viewer_sees_the_acts_and_why_they_are_refused()
    {
        var id = await _jobs.EnqueueAsync();
        var page = Show(id);
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".btn-danger")));
        var delete = page.Find(".btn-danger");
        Assert.Equal(("true", "Your role does not allow this."), (delete.GetAttribute("aria-disabled"), delete.GetAttribute("title")));
        await page.DoAsync(".btn-danger", element => element.Click());
        Assert.Null(Services.GetRequiredService<Confirm>().Open);
    }

    [Fact]
    public async Task An_operator_is_asked_once_before_an_act()
    {
        _user.SetPolicies(Permissions.View, Permissions.DeleteJobs, Permissions.RetryJobs, Permissions.CancelJobs);
        var id = await _jobs.EnqueueAsync();
        var page = Show(id);
        await page.WaitForAssertionAsync(() => Assert.Null(page.Find(".btn-danger").GetAttribute("aria-disabled")));
        await page.DoAsync(".btn-danger", element => element.Click());
        var question = Services.GetRequiredService<Confirm>().Open!;
        Assert.Equal("Delete 1 job", question.ActLabel);
        Assert.True(question.ReasonRequired);
        Assert.Contains(question.Consequences, line => line.Contains("will not run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_keeps_its_filters_in_the_address()
    {
        await _jobs.LoadAsync("rich-180");
        Services.GetRequiredService<NavigationManager>().NavigateTo("/jobs?state=failed");
        var page = Render<JobsPage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(5, page.FindAll("tbody tr").Count));
        Assert.StartsWith("Failed", page.Find(".tabs [aria-current]").TextContent, StringComparison.Ordinal);
        Assert.Equal("state:failed,quarantined", page.Find(".token").TextContent.Trim());
        await page.DoAsync(".filter-button", element => element.Click());
        await page.DoAsync("#f-type", element => element.Change("nothing like it"));
        Assert.EndsWith("/jobs?q=state%3Afailed%2Cquarantined%20type%3A%22nothing%20like%20it%22", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_is_wrong_says_where_and_keeps_what_was_typed()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/jobs?q=state:faild");
        var page = Render<JobsPage>();
        await page.WaitForAssertionAsync(() => Assert.Contains("This search cannot be read", page.Markup, StringComparison.Ordinal));
        Assert.Equal("state:faild", page.Find("#job-query").GetAttribute("value"));
        Assert.Equal("faild", page.Find(".under u").TextContent);
        Assert.NotEmpty(page.Find(".faults .field-error").TextContent);
    }

    [Fact]
    public async Task What_is_typed_is_completed()
    {
        await _jobs.LoadAsync("rich-180");
        var page = Render<JobsPage>();
        await page.InvokeAsync(() => page.Find("#job-query").TriggerEventAsync("onqueryinput", new QueryInputEventArgs { Before = "queue:default", Text = "-sta:x stat", Caret = 11 }));
        Assert.Equal("state:", page.Find(".pop li").GetAttribute("data-take"));
        Assert.Contains("sta", page.Find(".under u").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_selection_brings_the_acts_with_their_counts()
    {
        _user.SetPolicies(Permissions.View, Permissions.DeleteJobs, Permissions.RetryJobs, Permissions.CancelJobs);
        await _jobs.LoadAsync("rich-180");
        Services.GetRequiredService<NavigationManager>().NavigateTo("/jobs?state=failed");
        var page = Render<JobsPage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(5, page.FindAll("tbody tr").Count));
        await page.DoAsync("thead input", element => element.Change(true));
        var bar = page.Find(".action-bar").TextContent;
        Assert.Contains("5 selected", bar, StringComparison.Ordinal);
        Assert.Contains("Retry 5", bar, StringComparison.Ordinal);
        Assert.Contains("Delete 5…", bar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_Redis_has_no_jobs_yet()
    {
        var page = Render<JobsPage>();
        await page.WaitForAssertionAsync(() => Assert.Contains("There are no jobs yet", page.Markup, StringComparison.Ordinal));
    }
}
