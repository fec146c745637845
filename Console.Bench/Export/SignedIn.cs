using System.Text.RegularExpressions;

namespace OpsConsole.Bench.Export;

/// <summary>Signs in to a console without a browser.</summary>
internal static partial class SignedIn
{
    /// <summary>A client with the cookies of a session.</summary>
    public static async Task<HttpClient> OpenAsync(ConsoleProcess console)
    {
        var http = new HttpClient { BaseAddress = new Uri(console.Address), Timeout = Timeout.InfiniteTimeSpan };
        var page = await http.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        var form = new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Token().Match(page).Groups[1].Value,
            ["_handler"] = Handler().Match(page).Groups[1].Value,
            ["Form.Email"] = ConsoleProcess.Email,
            ["Form.Password"] = ConsoleProcess.Password,
        };
        using var content = new FormUrlEncodedContent(form);
        using var answer = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), content);
        return answer.RequestMessage?.RequestUri?.AbsolutePath != "/sign-in"
            ? http
            : throw new InvalidOperationException($"The console at {console.Address} refused the sign-in: {(int)answer.StatusCode}.");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("name=\"_handler\" value=\"([^\"]+)\"")]
    private static partial Regex Handler();
}
