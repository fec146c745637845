using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using OpsConsole.Bench;

namespace OpsConsole.Chaos.Servers;

/// <summary>An operator who has signed in, and opens pages as a browser without scripts does.</summary>
internal sealed partial class ConsoleVisitor : IDisposable
{
    private static readonly Uri s_signIn = new("/sign-in", UriKind.Relative);
    private readonly HttpClient _http;

    private ConsoleVisitor(string address) => _http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() })
    {
        BaseAddress = new Uri(address),
        Timeout = TimeSpan.FromSeconds(30),
        DefaultRequestHeaders = { { "Accept", "text/html" } },
    };

    /// <summary>Signs in as the first administrator, whom a console makes shortly after it has begun to answer.</summary>
    public static async Task<ConsoleVisitor> SignInAsync(ConsoleProcess console)
    {
        var visitor = new ConsoleVisitor(console.Address);
        await Waiting.UntilAsync("the first administrator can sign in", TimeSpan.FromMinutes(2), async () =>
        {
            if (await visitor.TrySignInAsync())
                return true;
            await Task.Delay(TimeSpan.FromSeconds(1));
            return false;
        });
        return visitor;
    }

    private async Task<bool> TrySignInAsync()
    {
        var page = await _http.GetStringAsync(s_signIn);
        var form = new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Token().Match(page).Groups[1].Value,
            ["_handler"] = Handler().Match(page).Groups[1].Value,
            ["Form.Email"] = ConsoleProcess.Email,
            ["Form.Password"] = ConsoleProcess.Password,
        };
        var action = WebUtility.HtmlDecode(Action().Match(page).Groups[1].Value);
        using var answer = await _http.PostAsync(new Uri(_http.BaseAddress!, action), new FormUrlEncodedContent(form));
        return answer.IsSuccessStatusCode && answer.RequestMessage!.RequestUri!.AbsolutePath != s_signIn.OriginalString;
    }

    /// <summary>Opens a page.</summary>
    /// <returns>What was wrong with it, or null; and after how many seconds it came.</returns>
    public async Task<(string? Fault, double Seconds)> OpenAsync(string path)
    {
        var since = Stopwatch.GetTimestamp();
        var fault = await FaultOfAsync(path);
        return (fault, Stopwatch.GetElapsedTime(since).TotalSeconds);
    }

    private async Task<string?> FaultOfAsync(string path)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
            var at = answer.RequestMessage!.RequestUri!.AbsolutePath;
            return answer.StatusCode == HttpStatusCode.OK && at == path ? null : $"{path} led to {at} with {(int)answer.StatusCode}";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return $"{path}: {e.Message}";
        }
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("name=\"_handler\" value=\"([^\"]+)\"")]
    private static partial Regex Handler();

    [GeneratedRegex("<form[^>]* action=\"([^\"]+)\"")]
    private static partial Regex Action();
}
