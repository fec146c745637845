using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Audit;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Operators;

namespace OpsConsole.Tests.Web.Operators;

public sealed class SetUpTests : IAsyncLifetime
{
    private readonly ConsoleSite _site = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SetUp SetUp => _site.Services.GetRequiredService<SetUp>();

    public async ValueTask InitializeAsync()
    {
        await _site.InitializeAsync();
        await _site.StartAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_link_makes_one_administrator_and_then_no_more()
    {
        var link = "/set-up?token=" + await SetUp.IssueTokenAsync(Cancel);

        var first = await SubmitAsync(link, "ada@example.org", "correct horse battery");
        Assert.Equal((HttpStatusCode.Redirect, "/"), (first.StatusCode, first.Headers.Location!.PathAndQuery));

        Assert.Contains("Set-up is complete", await _site.Visit().ReadAsync(link), StringComparison.Ordinal);
        await using var context = await _site.Contexts.CreateDbContextAsync(Cancel);
        Assert.Equal("ada@example.org", Assert.Single(await context.Users.ToListAsync(Cancel)).Email);
        Assert.Single(await context.Audit.ToListAsync(Cancel), entry => entry is { Kind: AuditKinds.SetUp, Result: AuditResult.Done });
    }

    [Fact]
    public async Task Of_two_who_send_the_form_together_one_becomes_administrator()
    {
        var token = await SetUp.IssueTokenAsync(Cancel);

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => SetUp.CreateAsync(token, "Ada", $"ada{i}@example.org", "correct horse battery", null, Cancel)));

        Assert.Single(made, answer => answer.Created is not null);
        Assert.All(made.Where(answer => answer.Created is null), answer => Assert.Equal("An administrator exists already. Sign in, or ask them to invite you.", answer.Problem));
    }

    [Fact]
    public async Task A_new_link_ends_the_one_before()
    {
        var earlier = await SetUp.IssueTokenAsync(Cancel);
        var later = await SetUp.IssueTokenAsync(Cancel);

        Assert.False(await SetUp.IsTokenGoodAsync(earlier, Cancel));
        Assert.True(await SetUp.IsTokenGoodAsync(later, Cancel));
        Assert.Contains("This link is not good", await _site.Visit().ReadAsync("/set-up?token=" + earlier), StringComparison.Ordinal);
        Assert.Contains("This link is not good", await _site.Visit().ReadAsync("/set-up"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_has_only_the_hash_of_the_token()
    {
        var token = await SetUp.IssueTokenAsync(Cancel);

        await using var context = await _site.Contexts.CreateDbContextAsync(Cancel);
        Assert.DoesNotContain(await context.Settings.ToListAsync(Cancel), setting => setting.Value.Contains(token, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("short", "at least 12 characters")]
    [InlineData("aaaaaaaaaaaaaa", "at least 5 different ones")]
    [InlineData("ada@example.org1", "contains the e-mail address")]
    public async Task A_weak_password_is_refused_with_what_to_do_and_the_link_stays_good(string password, string advice)
    {
        var link = "/set-up?token=" + await SetUp.IssueTokenAsync(Cancel);

        var refused = await SubmitAsync(link, "ada@example.org", password);
        Assert.Contains(advice, await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await SubmitAsync(link, "ada@example.org", "correct horse battery")).StatusCode);
    }

    private Task<HttpResponseMessage> SubmitAsync(string link, string email, string password) => _site.Visit().SubmitAsync(
        link, ("Form.Name", "Ada"), ("Form.Email", email), ("Form.Password", password), ("Form.Repeated", password));
}
