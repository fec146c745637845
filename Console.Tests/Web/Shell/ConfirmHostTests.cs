using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.Web.Shell;

public sealed class ConfirmHostTests : BunitContext
{
    private readonly Confirm _confirm = new();

    public ConfirmHostTests()
    {
        Services.AddSingleton(_confirm);
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    private static ConfirmQuestion Deletion => new() { Title = "Delete 3 jobs?", ActLabel = "Delete 3 jobs", DismissLabel = "Keep them", IsDangerous = true, ReasonRequired = true };

    [Fact]
    public async Task A_short_reason_is_asked_for_again_and_a_full_one_is_taken()
    {
        var host = Render<ConfirmHost>();
        var answer = _confirm.AskAsync(Deletion);
        host.WaitForElement("textarea").Input("too short");
        host.Find("form").Submit();
        Assert.Contains("at least 10 characters", host.Find(".field-error").TextContent, StringComparison.Ordinal);
        Assert.False(answer.IsCompleted);

        host.Find("textarea").Input("  the supplier sent it twice ");
        host.Find("form").Submit();
        Assert.Equal("the supplier sent it twice", (await answer)!.Reason);
        host.WaitForAssertion(() => Assert.Empty(host.FindAll("dialog")));
    }

    [Fact]
    public async Task The_way_out_is_a_no()
    {
        var host = Render<ConfirmHost>();
        var answer = _confirm.AskAsync(Deletion);
        host.WaitForElement("[data-dismiss]").Click();
        Assert.Null(await answer);
    }

    [Fact]
    public async Task A_second_question_answers_the_first_with_no()
    {
        Render<ConfirmHost>();
        var first = _confirm.AskAsync(Deletion);
        _ = _confirm.AskAsync(Deletion with { Title = "Delete 4 jobs?" });
        Assert.Null(await first);
    }

    [Fact]
    public async Task A_field_is_checked_and_handed_back()
    {
        var host = Render<ConfirmHost>();
        var answer = _confirm.AskAsync(new ConfirmQuestion
        {
            Title = "Retry into another queue?",
            ActLabel = "Retry 1 job",
            Fields = [new ConfirmField("queue", "Queue") { Check = value => value == "bad" ? "No such name." : null }],
        });
        host.WaitForElement("#confirm-queue").Input("bad");
        host.Find("form").Submit();
        Assert.Equal("No such name.", host.Find(".field-error").TextContent);
        host.Find("#confirm-queue").Input("reports");
        host.Find("form").Submit();
        Assert.Equal("reports", (await answer)!.Values["queue"]);
    }
}
