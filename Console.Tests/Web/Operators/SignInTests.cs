using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Operators;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Web.Operators;

public class SignInTests(ConsoleSite site) : IClassFixture<ConsoleSite>
{
    private const string Refusal = "The e-mail address or the password is wrong, or the account is locked";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/audit?who=a")]
    [InlineData("/there-is-no-such-page")]
    public async Task Whoever_is_not_signed_in_is_sent_to_sign_in_and_back(string path)
    {
        var answer = await site.Visit().OpenAsync(path);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in?returnUrl=" + Uri.EscapeDataString(path), answer.Headers.Location!.PathAndQuery);
    }

    [Theory]
    [InlineData("/_blazor/negotiate?negotiateVersion=1")]
    [InlineData("/_blazor")]
    public async Task Nobody_gets_a_circuit_before_signing_in(string path)
    {
        var answer = await site.Visit().Http.PostAsync(path, null, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task The_sign_in_page_brings_no_circuit_and_no_script_for_one()
    {
        var html = await site.Visit().ReadAsync("/sign-in");

        Assert.DoesNotContain("blazor.web", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\"type\":\"server\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        var person = await site.AddOperatorAsync(OperatorRole.Viewer);

        var answer = await site.Visit().SubmitAsync("/sign-in?returnUrl=%2Faccount", ("Form.Email", person.Email!), ("Form.Password", ConsoleSite.Password));

        Assert.Equal("/account", answer.Headers.Location!.PathAndQuery);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), value => value.StartsWith("ops-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("//evil.example/x")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task Nobody_is_sent_to_another_site(string address)
    {
        var person = await site.AddOperatorAsync(OperatorRole.Viewer);

        var answer = await site.Visit().SubmitAsync(
            "/sign-in?returnUrl=" + Uri.EscapeDataString(address), ("Form.Email", person.Email!), ("Form.Password", ConsoleSite.Password));

        Assert.Equal(("localhost", "/"), (answer.Headers.Location!.Host, answer.Headers.Location.PathAndQuery));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_account_get_the_same_answer()
    {
        var person = await site.AddOperatorAsync(OperatorRole.Viewer);

        var wrong = await TryAsync(person.Email!, "not the password");
        var unknown = await TryAsync("nobody@example.org", "not the password");

        Assert.Contains(Refusal, wrong, StringComparison.Ordinal);
        Assert.Equal(Alert(wrong), Alert(unknown));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_even_for_the_right_one()
    {
        var person = await site.AddOperatorAsync(OperatorRole.Viewer);

        for (var i = 0; i < 5; i++)
            await TryAsync(person.Email!, "not the password");

        Assert.Contains(Refusal, await TryAsync(person.Email!, ConsoleSite.Password), StringComparison.Ordinal);
        await using var context = await site.Contexts.CreateDbContextAsync(Cancel);
        Assert.NotNull((await context.Users.SingleAsync(o => o.Id == person.Id, Cancel)).LockoutEnd);
        Assert.Contains(await context.Audit.Where(e => e.OperatorId == person.Id).ToListAsync(Cancel),
            entry => entry is { Kind: AuditKinds.SignIn, Result: AuditResult.Refused, Message: "The account is locked after too many wrong passwords." });
    }

    [Fact]
    public async Task A_disabled_account_cannot_sign_in()
    {
        var person = await site.AddOperatorAsync(OperatorRole.Operator);
        await using var context = await site.Contexts.CreateDbContextAsync(Cancel);
        await context.Users.Where(o => o.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.DisabledAt, DateTimeOffset.UnixEpoch), Cancel);

        Assert.Contains(Refusal, await TryAsync(person.Email!, ConsoleSite.Password), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_the_pages_token_is_not_taken()
    {
        var person = await site.AddOperatorAsync(OperatorRole.Viewer);

        var answer = await site.Visit().SendAsync("/sign-in", new() { ["_handler"] = "sign-in", ["Form.Email"] = person.Email!, ["Form.Password"] = ConsoleSite.Password });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie") && answer.Headers.GetValues("Set-Cookie").Any(value => value.StartsWith("ops-session", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Signing_out_takes_a_form_of_the_console()
    {
        var visitor = await site.VisitAsync(await site.AddOperatorAsync(OperatorRole.Viewer));

        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.SendAsync("/sign-out", [])).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync("/account")).StatusCode);
        Assert.Equal("/sign-in", (await visitor.SubmitAsync("/account", "/sign-out")).Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.OpenAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task A_link_cannot_sign_anybody_out()
    {
        var visitor = await site.VisitAsync(await site.AddOperatorAsync(OperatorRole.Viewer));

        Assert.False((await visitor.OpenAsync("/sign-out")).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task A_session_ends_when_the_account_changes()
    {
        var person = await site.AddOperatorAsync(OperatorRole.Viewer);
        using var strict = site.WithWebHostBuilder(host => host.ConfigureTestServices(services =>
            services.PostConfigure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.Zero)));
        var visitor = new SiteVisitor(strict.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));
        await visitor.SubmitAsync("/sign-in", ("Form.Email", person.Email!), ("Form.Password", ConsoleSite.Password));
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync("/account")).StatusCode);

        await using var context = await site.Contexts.CreateDbContextAsync(Cancel);
        await context.Users.Where(o => o.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.SecurityStamp, "another"), Cancel);

        Assert.Equal("/sign-in?returnUrl=%2Faccount", (await visitor.OpenAsync("/account")).Headers.Location!.PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync("/sign-in")).StatusCode);
    }

    [Fact]
    public async Task A_password_link_works_once()
    {
        var person = await site.AddOperatorAsync(OperatorRole.Viewer, password: null);
        await using var scope = site.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Operator>>();
        var token = await users.GeneratePasswordResetTokenAsync((await users.FindByIdAsync(person.Id.ToString()))!);
        var link = OpsConsole.Web.Operators.PasswordLink.Path(person.Id, token);

        var first = await site.Visit().SubmitAsync(link, ("Form.Password", "a fresh long phrase"), ("Form.Repeated", "a fresh long phrase"));
        var second = await site.Visit().SubmitAsync(link, ("Form.Password", "another long phrase"), ("Form.Repeated", "another long phrase"));

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Contains("The link is not good any more", await second.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains(Refusal, await TryAsync(person.Email!, "another long phrase"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u202Egro.elpmaxe@ada", "\u202E")]
    [InlineData("<script>alert(1)</script>", "<b>")]
    [InlineData("", "")]
    public async Task Odd_input_gets_the_ordinary_refusal(string email, string password)
    {
        var html = await TryAsync(email, password);

        Assert.Contains(Refusal, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_with_a_NUL_gets_a_page_that_says_so()
    {
        var answer = await site.Visit().SubmitAsync("/sign-in", ("Form.Email", "a\0b@example.org"), ("Form.Password", "x"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("a character that forms cannot carry", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private async Task<string> TryAsync(string email, string password)
    {
        var answer = await site.Visit().SubmitAsync("/sign-in", ("Form.Email", email), ("Form.Password", password));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static string Alert(string html) => html[html.IndexOf("role=\"alert\"", StringComparison.Ordinal)..html.IndexOf("<form", StringComparison.Ordinal)];
}
