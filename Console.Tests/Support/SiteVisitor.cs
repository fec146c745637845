using System.Net;
using System.Text.RegularExpressions;

namespace OpsConsole.Tests.Support;

/// <summary>Opens pages and sends their forms, as a browser without scripts would.</summary>
public sealed partial class SiteVisitor(HttpClient http)
{
    public HttpClient Http => http;

    public Task<HttpResponseMessage> OpenAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        return http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<string> ReadAsync(string path) =>
        await (await OpenAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    /// <summary>Opens the page, fills its form and sends it with the page's antiforgery token.</summary>
    public Task<HttpResponseMessage> SubmitAsync(string page, params (string Name, string Value)[] fields) => SubmitAsync(page, null, fields);

    /// <param name="page">Page that has the form.</param>
    /// <param name="action">Where the form leads; null: what the page's first form says.</param>
    /// <param name="fields">What is typed.</param>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string? action, params (string Name, string Value)[] fields)
    {
        var html = await ReadAsync(page);
        var form = new Dictionary<string, string> { ["__RequestVerificationToken"] = Token().Match(html).Groups[1].Value };
        if (Handler().Match(html) is { Success: true } handler)
            form["_handler"] = handler.Groups[1].Value;
        foreach (var (name, value) in fields)
            form[name] = value;
        return await SendAsync(action ?? WebUtility.HtmlDecode(Action().Match(html).Groups[1].Value), form);
    }

    public Task<HttpResponseMessage> SendAsync(string path, Dictionary<string, string> form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Accept", "text/html");
        return http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("name=\"_handler\" value=\"([^\"]+)\"")]
    private static partial Regex Handler();

    [GeneratedRegex("<form[^>]* action=\"([^\"]+)\"")]
    private static partial Regex Action();
}
