using Microsoft.Playwright;
using OpsConsole.Data.Operators;
using OpsConsole.Jobs.Client;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.Tests.Browser;

[Collection(BrowserTests.Name)]
public class SignInTests(WalkSite site) : IClassFixture<WalkSite>
{
    [Fact]
    public async Task Nobody_gets_a_circuit_before_signing_in()
    {
        await using var window = await site.OpenAsync();

        await window.Page.GotoAsync("/jobs?state=failed", new() { WaitUntil = WaitUntilState.NetworkIdle });

        await Expect(window.Heading).ToHaveTextAsync("Sign in");
        Assert.Empty(window.Sockets);
        Assert.False(await window.Page.EvaluateAsync<bool>("() => 'Blazor' in window"));
        var answer = await window.Page.APIRequest.PostAsync("/_blazor/negotiate?negotiateVersion=1");
        Assert.NotEqual(200, answer.Status);
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_the_right_one_leads_to_where_one_was_going()
    {
        await using var window = await site.OpenAsync();
        await WalkSite.FillSignInAsync(window, WalkSite.AdministratorEmail, "not the password");
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        await window.Page.GotoAsync("/queues");
        await window.Page.FillAsync("#email", WalkSite.AdministratorEmail);
        await window.Page.FillAsync("#password", OpsConsole.Tests.Support.ConsoleSite.Password);
        await window.Page.ClickAsync("button[type=submit]");

        await Expect(window.Heading).ToHaveTextAsync("Queues");
    }

    [Fact]
    public async Task A_viewer_sees_acts_with_the_reason_why_not_and_none_happens()
    {
        var made = await site.Client.EnqueueAsync<WalkJobs>(jobs => jobs.Greet("Ada"), new EnqueueOptions { Queue = "nobody" }, TestContext.Current.CancellationToken);
        await using var window = await site.SignInAsync(OperatorRole.Viewer);

        await window.GoAsync("/jobs/" + made.Id);
        var delete = window.Button("Delete");
        await Expect(delete).ToHaveAttributeAsync("aria-disabled", "true");
        await Expect(delete).ToHaveAttributeAsync("title", "Your role does not allow this.");
        await delete.ClickAsync(new() { Force = true });
        await Expect(window.Page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(window.State).ToContainTextAsync("Enqueued");

        await window.Page.GotoAsync("/users");
        await Expect(window.Page.Locator("body")).ToContainTextAsync("role");
        await Expect(window.Page.Locator("table")).ToHaveCountAsync(0);
    }
}
