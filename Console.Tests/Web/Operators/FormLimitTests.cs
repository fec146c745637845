using System.Net;
using Microsoft.AspNetCore.Hosting;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Operators;

namespace OpsConsole.Tests.Web.Operators;

public class FormLimitTests(ConsoleSite site) : IClassFixture<ConsoleSite>
{
    [Fact]
    public async Task One_address_can_send_only_so_many_forms_a_minute()
    {
        using var limited = site.WithWebHostBuilder(host => host.UseSetting("Operators:SignInAttemptsPerMinute", "3"));
        var visitor = new SiteVisitor(limited.CreateClient());

        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await visitor.SubmitAsync("/sign-in", ("Form.Email", "a@example.org"), ("Form.Password", "x"))).StatusCode);
        var refused = await visitor.SubmitAsync("/sign-in", ("Form.Email", "a@example.org"), ("Form.Password", "x"));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains("Too many attempts", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync("/sign-in")).StatusCode);
    }

    [Theory]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    public void Addresses_of_one_caller_count_together(string one, string other, bool together) =>
        Assert.Equal(together, FormLimit.Network(IPAddress.Parse(one)) == FormLimit.Network(IPAddress.Parse(other)));
}
