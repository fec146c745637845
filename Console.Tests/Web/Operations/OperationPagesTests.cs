using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data;
using OpsConsole.Data.Operations;
using OpsConsole.Data.Operators;
using OpsConsole.Web.Operations;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.Web.Operations;

/// <summary>The pages over operations that really lie in the database.</summary>
public sealed class OperationPagesTests : BunitContext, IAsyncLifetime
{
    private readonly OperationSpace _space = new();

    public async ValueTask InitializeAsync()
    {
        await _space.InitializeAsync();
        Services.AddConsoleData(_space.Postgres);
        Services.AddSingleton(_space.Control);
        Services.AddScoped<Confirm>();
        Services.AddScoped<Toasts>();
        var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "mara@example.org"), new Claim(ClaimTypes.Role, OperatorRole.Operator)], "test"));
        Services.AddCascadingValue(_ => Task.FromResult(new AuthenticationState(user)));
        Services.AddSingleton<SessionCheck>();
        Services.AddSingleton<OperatorGate>();
        Services.AddScoped<SourceReader>();
        Services.AddScoped<PreviewReader>();
        Services.AddScoped(provider => new OperationActions(provider.GetRequiredService<OperationStore>(), _space.Control, provider.GetRequiredService<OperatorGate>()));
        SetRendererInfo(new RendererInfo("Server", true));
    }

    [Fact]
    public async Task The_arithmetic_of_what_is_left_out_adds_up()
    {
        var ids = await _space.FailedAsync(5);
        await _space.EndAsync(ids.Take(2));
        Services.GetRequiredService<NavigationManager>().NavigateTo("/operations/new?ids=" + string.Join(',', [.. ids, "gone"]));
        var page = Render<NewOperationPage>();

        page.WaitForAssertion(() => Assert.Equal(["6", "−2", "−1", "3"], page.FindAll(".sum dd").Select(figure => figure.TextContent)));

        Assert.Equal("Retry 3 failed jobs", page.Find("h1").TextContent);
        Assert.Contains("Retry 1 of 3 jobs first", page.Find("button[type=submit]").TextContent, StringComparison.Ordinal);
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("reason of at least 10", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_patch_shows_what_it_changes_and_how_many_it_fits()
    {
        string[] ids = [.. await _space.FailedAsync(2, """["41"]""", """["System.Int32"]"""), .. await _space.FailedAsync(1)];
        Services.GetRequiredService<NavigationManager>().NavigateTo("/operations/new?ids=" + string.Join(',', ids));
        var page = Render<NewOperationPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".sum")));

        page.FindAll(".segments button").First(button => button.TextContent.Contains("other arguments", StringComparison.Ordinal)).Click();
        page.WaitForElement("#patch").Input("""[{"op":"replace","path":"/arg0","value":42}]""");

        page.WaitForAssertion(() => Assert.Contains("It fits 2 of the 3 jobs", page.Markup, StringComparison.Ordinal));
        Assert.Equal(["41", "42"], page.FindAll(".difference")[0].QuerySelectorAll("del, ins").Select(part => part.TextContent));
        page.Find("#patch").Input("""[{"op":"replace","path":"arg0","value":42}]""");
        page.WaitForAssertion(() => Assert.Contains("does not begin with /", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void A_search_that_finds_nothing_or_is_wrong_says_so()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/operations/new?q=type%3Areports.*");
        var empty = Render<NewOperationPage>();
        empty.WaitForAssertion(() => Assert.Equal(["0", "0"], empty.FindAll(".sum dd").Select(figure => figure.TextContent)));
        Assert.True(empty.Find("button[type=submit]").HasAttribute("disabled"));

        Services.GetRequiredService<NavigationManager>().NavigateTo("/operations/new?q=run%3E");
        var wrong = Render<NewOperationPage>();
        wrong.WaitForAssertion(() => Assert.Contains("The search is wrong: at character", wrong.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_waiting_canary_names_the_count_of_its_next_step()
    {
        var id = await _space.MakeAsync(await _space.FailedAsync(40), draft => draft with { Canary = BulkCanary.Ask, Title = "<b>bold</b>" });
        var epoch = (await _space.Term.TryAcquireAsync("test", 60, Xunit.TestContext.Current.CancellationToken))!.Value;
        await _space.Term.WriteAsync(epoch, new BulkProgress(id) { Checked = 40, Cursor = 1, Done = 1, Marks = [new(1, BulkItemState.Succeeded)], Transition = new(BulkState.Preparing, BulkState.Waiting, "ada", "") }, Xunit.TestContext.Current.CancellationToken);

        var page = Render<OperationPage>(parameters => parameters.Add(it => it.Id, id));

        page.WaitForAssertion(() => Assert.Contains("Continue with 10 jobs", page.Markup, StringComparison.Ordinal));
        Assert.Contains("&lt;b&gt;bold&lt;/b&gt;", page.Markup, StringComparison.Ordinal);
        Assert.Equal("Waits for you", page.Find(".pill").TextContent);
        Assert.Contains("1 succeeded · 39 to go", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_that_failed_again_in_a_finished_operation_are_the_set_of_a_new_one()
    {
        var ids = await _space.FailedAsync(3);
        var id = await _space.MakeAsync(ids, draft => draft with { Title = "TimeoutException in mail.send" });
        var epoch = (await _space.Term.TryAcquireAsync("test", 60, Xunit.TestContext.Current.CancellationToken))!.Value;
        await _space.Term.WriteAsync(epoch, new BulkProgress(id)
        {
            Checked = 3,
            Cursor = 3,
            Done = 3,
            Marks = [new(1, BulkItemState.Succeeded), new(2, BulkItemState.FailedAgain), new(3, BulkItemState.FailedAgain)],
            Transition = new(BulkState.Preparing, BulkState.Finished, "", ""),
        }, Xunit.TestContext.Current.CancellationToken);

        var finished = Render<OperationPage>(parameters => parameters.Add(it => it.Id, id));
        finished.WaitForAssertion(() => Assert.Contains("Retry those 2 that failed again", finished.Markup, StringComparison.Ordinal));
        Services.GetRequiredService<NavigationManager>().NavigateTo(finished.Find("a.btn-primary").GetAttribute("href")!);
        var page = Render<NewOperationPage>();

        page.WaitForAssertion(() => Assert.Equal("Retry 2 failed jobs", page.Find("h1").TextContent));
        Assert.Contains("failed again: TimeoutException in mail.send", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Jobs that failed again", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operation_that_is_not_there_is_said_to_be_none()
    {
        var page = Render<OperationPage>(parameters => parameters.Add(it => it.Id, Guid.NewGuid()));

        page.WaitForAssertion(() => Assert.Contains("There is no such operation", page.Markup, StringComparison.Ordinal));
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _space.DisposeAsync();
    }
}
