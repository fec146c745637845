using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OpsConsole.Data.Audit;
using OpsConsole.Jobs.Client;
using OpsConsole.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.Tests.Walks;

/// <summary>What an operator asks for on a page reaches the worker, is on record, and comes back to the page as what happened.</summary>
[Collection(BrowserTests.Name)]
public sealed class OperatorToWorkerTests(WalkSite site) : IClassFixture<WalkSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cancelled_job_is_requested_first_and_then_deleted_with_the_reason()
    {
        await site.StartWorkerAsync();
        var id = (await site.Client.EnqueueAsync<WalkJobs>(jobs => jobs.StubbornAsync("stubborn", default), cancel: Cancel)).Id;
        await using var window = await site.SignInAsync();
        await window.GoAsync("/jobs/" + id);
        await Expect(window.State).ToContainTextAsync("Processing");

        await window.Button("Cancel…").ClickAsync();
        await window.AnswerAsync("Cancel 1 job", "The customer has called it off.");
        await Expect(window.Page.Locator("main")).ToContainTextAsync("cancellation has been requested");
        await Expect(window.State).ToContainTextAsync("Processing");
        site.Signals.Release("stubborn");

        await Expect(window.State).ToContainTextAsync("Deleted");
        await Expect(window.Page.Locator("table.states")).ToContainTextAsync("The customer has called it off.");
        var entry = await AuditAsync(AuditKinds.CancelJobs, id);
        Assert.Equal((WalkSite.AdministratorEmail.Split('@')[0], "The customer has called it off.", AuditResult.Done), (entry.OperatorName.Split('@')[0], entry.Reason, entry.Result));
        await Expect(window.Page.Locator("main")).ToContainTextAsync("Operations");
        Assert.True(await window.WasNotReloadedAsync());
    }

    [Fact]
    public async Task A_reason_that_says_nothing_is_asked_for_again()
    {
        var id = (await site.Client.EnqueueAsync<WalkJobs>(jobs => jobs.Greet("Ada"), new EnqueueOptions { Queue = "nobody" }, Cancel)).Id;
        await using var window = await site.SignInAsync();
        await window.GoAsync("/jobs/" + id);

        await window.Button("Delete…").ClickAsync();
        await window.Page.FillAsync("#confirm-reason", "why");
        await window.Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Delete 1 job", Exact = true }).ClickAsync();
        await Expect(window.Page.Locator("#confirm-reason-note")).ToContainTextAsync("at least 10 characters");
        await window.AnswerAsync("Delete 1 job", "It was made by mistake.");

        await Expect(window.State).ToContainTextAsync("Deleted");
    }

    [Fact]
    public async Task A_failed_job_is_retried_and_retried_into_another_queue()
    {
        await site.StartWorkerAsync();
        var id = (await site.Client.EnqueueAsync<WalkJobs>(jobs => jobs.Fail("Nope, said the printer."), cancel: Cancel)).Id;
        await using var window = await site.SignInAsync();
        await window.GoAsync("/jobs/" + id);
        await Expect(window.State).ToContainTextAsync("Failed");
        await Expect(window.Page.Locator(".exception").First).ToContainTextAsync("Nope, said the printer.");
        await Expect(window.Page.Locator(".exception").First).ToContainTextAsync("The disk beneath is gone.");

        await window.Button("Retry", exact: true).ClickAsync();
        await window.AnswerAsync("Retry, 1 job");
        await Expect(window.Page.Locator("main")).ToContainTextAsync("Earlier failures");
        await Expect(window.State).ToContainTextAsync("Failed");

        await window.Button("Retry into…").ClickAsync();
        await window.AnswerAsync("Retry 1 job", "Another printer stands there.", queue: "backroom");
        await Expect(window.State).ToContainTextAsync("Enqueued");
        await Expect(window.Page.Locator(".meta")).ToContainTextAsync("backroom");
        Assert.Equal("Another printer stands there.", (await AuditAsync(AuditKinds.RetryJobs, id)).Reason);
    }

    [Fact]
    public async Task Jobs_of_a_paused_queue_wait_until_it_is_resumed()
    {
        await site.StartWorkerAsync();
        await using var window = await site.SignInAsync();
        await window.GoAsync("/queues/walks");
        await site.Client.EnqueueAsync<WalkJobs>(jobs => jobs.Greet("first"), new EnqueueOptions { Queue = "walks" }, Cancel);

        await window.Button("Pause walks").Or(window.Button("Pause", exact: true)).ClickAsync();
        await window.AnswerAsync("Pause queue", "The printer is being mended.");
        await Expect(window.State).ToContainTextAsync("Paused");
        await Expect(window.Page.Locator("main .note")).ToContainTextAsync("The printer is being mended.");
        await Expect(window.Page.Locator("main .note")).ToContainTextAsync("ada");

        var id = (await site.Client.EnqueueAsync<WalkJobs>(jobs => jobs.Greet("second"), new EnqueueOptions { Queue = "walks" }, Cancel)).Id;
        await Expect(window.Page.Locator($"main a[href='/jobs/{id}']").First).ToBeVisibleAsync();
        await window.Button("Resume walks").Or(window.Button("Resume", exact: true)).ClickAsync();
        await window.AnswerAsync("Resume queue");

        await Expect(window.Page.Locator("main .pill")).ToHaveCountAsync(0);
        await window.GoAsync("/jobs/" + id);
        await Expect(window.State).ToContainTextAsync("Succeeded");
        Assert.Equal("The printer is being mended.", (await AuditAsync(AuditKinds.PauseQueue, "walks")).Reason);
        Assert.Equal(AuditResult.Done, (await AuditAsync(AuditKinds.ResumeQueue, "walks")).Result);
    }

    [Fact]
    public async Task Many_jobs_are_selected_and_deleted_at_once()
    {
        for (var i = 0; i < 3; i++)
            await site.Client.EnqueueAsync<WalkJobs>(jobs => jobs.Greet("crowd"), new EnqueueOptions { Queue = "crowd" }, Cancel);
        await using var window = await site.SignInAsync();
        await window.GoAsync("/jobs?state=enqueued&queue=crowd");
        await Expect(window.Page.Locator("table.jobs tbody tr")).ToHaveCountAsync(3);

        await window.Page.GetByLabel("Select all shown").CheckAsync();
        await Expect(window.Page.Locator(".action-bar")).ToContainTextAsync("3 selected");
        await window.Button("Delete 3…").ClickAsync();
        await window.AnswerAsync("Delete 3 jobs", "Nobody waits for these.");

        await Expect(window.Page.Locator("table.jobs tbody tr:has-text('Enqueued')")).ToHaveCountAsync(0);
        await Expect(window.Toast).ToContainTextAsync("3");
        await using var context = await site.Contexts.CreateDbContextAsync(Cancel);
        Assert.Single(await context.Audit.Where(entry => entry.Reason == "Nobody waits for these." && entry.Result == AuditResult.Done).ToListAsync(Cancel));
    }

    private async Task<AuditEntry> AuditAsync(string kind, string target)
    {
        await using var context = await site.Contexts.CreateDbContextAsync(Cancel);
        return await context.Audit.Where(entry => entry.Kind == kind && entry.Target == target).OrderBy(entry => entry.Id).LastAsync(Cancel);
    }
}
