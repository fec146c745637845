using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Web.Configuration;

public class SecurityHeadersTests(ConsoleSite site) : IClassFixture<ConsoleSite>
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/there-is-no-such-page")]
    [InlineData("/tokens.css")]
    [InlineData("/health/live")]
    public async Task Every_answer_tells_browsers_what_to_refuse(string path)
    {
        var answer = await site.Visit().OpenAsync(path);

        var content = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'; script-src 'self';", content, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", content, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task No_page_needs_an_inline_script()
    {
        var html = await site.Visit().ReadAsync("/sign-in");

        Assert.DoesNotMatch("<script(?![^>]* src=)", html);
        Assert.DoesNotMatch(" on[a-z]+=\"", html);
    }
}
