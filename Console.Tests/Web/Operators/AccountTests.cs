using System.Net;
using Microsoft.EntityFrameworkCore;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Operators;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Web.Operators;

public class AccountTests(ConsoleSite site) : IClassFixture<ConsoleSite>
{
    private const string NewPassword = "quite another phrase";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_password_holds_and_is_on_record()
    {
        var person = await site.AddOperatorAsync(OperatorRole.Viewer);
        var visitor = await site.VisitAsync(person);

        await visitor.SubmitAsync("/account", "/account/password", ("current", ConsoleSite.Password), ("password", NewPassword), ("repeated", NewPassword));

        Assert.Contains("Your password was changed", await visitor.ReadAsync("/account"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await site.Visit().SubmitAsync("/sign-in", ("Form.Email", person.Email!), ("Form.Password", NewPassword))).StatusCode);
        await using var context = await site.Contexts.CreateDbContextAsync(Cancel);
        Assert.Single(await context.Audit.Where(e => e.OperatorId == person.Id).ToListAsync(Cancel), entry => entry is { Kind: AuditKinds.ChangePassword, Result: AuditResult.Done });
    }

    [Theory]
    [InlineData("not the password", NewPassword, NewPassword, "The current password is wrong.")]
    [InlineData(ConsoleSite.Password, "short", "short", "The password is too short")]
    [InlineData(ConsoleSite.Password, NewPassword, "a different phrase", "The two new passwords differ.")]
    public async Task A_wrong_form_changes_nothing_and_says_why(string current, string password, string repeated, string problem)
    {
        var person = await site.AddOperatorAsync(OperatorRole.Viewer);
        var visitor = await site.VisitAsync(person);

        await visitor.SubmitAsync("/account", "/account/password", ("current", current), ("password", password), ("repeated", repeated));

        Assert.Contains(problem, await visitor.ReadAsync("/account"), StringComparison.Ordinal);
        await site.VisitAsync(person);
    }

    [Fact]
    public async Task A_changed_name_is_in_the_session_at_once()
    {
        var visitor = await site.VisitAsync(await site.AddOperatorAsync(OperatorRole.Viewer));

        await visitor.SubmitAsync("/account", "/account/name", ("name", "Grace <b>Hopper</b>"));

        Assert.Contains("value=\"Grace &lt;b>Hopper&lt;/b>\"", (await visitor.ReadAsync("/account")).Replace("&gt;", ">", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/account/name")]
    [InlineData("/account/password")]
    [InlineData("/account/zone")]
    public async Task A_form_without_the_pages_token_is_not_taken(string path)
    {
        var visitor = await site.VisitAsync(await site.AddOperatorAsync(OperatorRole.Viewer));

        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.SendAsync(path, new() { ["name"] = "x", ["zone"] = "UTC" })).StatusCode);
    }

    [Fact]
    public async Task Theme_and_zone_are_kept_in_the_browser()
    {
        var visitor = await site.VisitAsync(await site.AddOperatorAsync(OperatorRole.Viewer));

        await visitor.SubmitAsync("/account", "/account/theme", ("theme", "dark"));
        await visitor.SubmitAsync("/account", "/account/zone", ("zone", "Asia/Tokyo"));
        var html = await visitor.ReadAsync("/account");

        Assert.Contains("data-theme=\"dark\"", html, StringComparison.Ordinal);
        Assert.Contains("in Asia/Tokyo", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_zone_is_refused()
    {
        var visitor = await site.VisitAsync(await site.AddOperatorAsync(OperatorRole.Viewer));

        await visitor.SubmitAsync("/account", "/account/zone", ("zone", "Middle/Earth"));

        Assert.Contains("There is no time zone of this name", await visitor.ReadAsync("/account"), StringComparison.Ordinal);
    }
}
