using OpsConsole.Web.Operators;

namespace OpsConsole.Tests.Web.Operators;

public class LocalUrlTests
{
    [Theory]
    [InlineData("/jobs?state=failed&queue=a%2Fb")]
    [InlineData("/")]
    public void A_path_of_this_site_is_kept(string url) => Assert.Equal(url, LocalUrl.OrHome(url));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("jobs")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/x\r\nSet-Cookie: a=b")]
    [InlineData("https://evil.example")]
    [InlineData(" /jobs")]
    public void Anything_else_leads_home(string? url) => Assert.Equal("/", LocalUrl.OrHome(url));
}
