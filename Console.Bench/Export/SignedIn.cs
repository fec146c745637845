using System.Net;
using System.Text.RegularExpressions;

namespace OpsConsole.Bench.Export;

/// <summary>Signs in to a console without a browser.</summary>
internal static partial class SignedIn
{
    private const int Tries = 8;

    /// <summary>A client with the cookies of a session.</summary>
    public static async Task<HttpClient> OpenAsync(ConsoleProcess console, CookieContainer? cookies = null)
    {
        var http = new HttpClient(new HttpClientHandler { CookieContainer = cookies ?? new CookieContainer() }) { BaseAddress = new Uri(console.Address), Timeout = Timeout.InfiniteTimeSpan };
        // A console that answers may still be about to make its first administrator.
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await TryAsync(http)) return http;
            await Task.Delay(1_000);
        }
        throw new InvalidOperationException($"The console at {console.Address} refused the sign-in.");
    }

    private static async Task<bool> TryAsync(HttpClient http)
    {
        var page = await http.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Token().Match(page).Groups[1].Value,
            ["_handler"] = Handler().Match(page).Groups[1].Value,
            ["Form.Email"] = ConsoleProcess.Email,
            ["Form.Password"] = ConsoleProcess.Password,
        });
        using var answer = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        return answer.IsSuccessStatusCode && answer.RequestMessage?.RequestUri?.AbsolutePath != "/sign-in";
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("name=\"_handler\" value=\"([^\"]+)\"")]
    private static partial Regex Handler();
}
