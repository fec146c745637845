using System.Net;
using OpsConsole.Bench.Export;

namespace OpsConsole.Bench.Circuits;

/// <summary>The first administrator, signed in once for any number of circuits.</summary>
internal sealed record CircuitSession(HttpClient Http, CookieContainer Cookies, Uri Address) : IDisposable
{
    public static async Task<CircuitSession> OpenAsync(ConsoleProcess console)
    {
        var cookies = new CookieContainer();
        var http = await SignedIn.OpenAsync(console, cookies);
        http.DefaultRequestHeaders.Add("Accept", "text/html");
        return new CircuitSession(http, cookies, new Uri(console.Address + "/"));
    }

    public void Dispose() => Http.Dispose();
}
