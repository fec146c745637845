using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OpsConsole.Samples.Reports.Configuration;

namespace OpsConsole.Samples.Reports.Notifications;

/// <summary>Posts to partners, and waits no longer for them than is allowed.</summary>
public sealed class Webhook(HttpClient http, IOptions<MailOptions> options, TimeProvider time)
{
    /// <exception cref="ArgumentException">The URL or the payload is none.</exception>
    /// <exception cref="TimeoutException">The partner took too long.</exception>
    /// <exception cref="HttpRequestException">The partner refused or cannot be reached.</exception>
    public async Task<SentWebhook> PostAsync(string url, string payload, string jobId, CancellationToken cancellation)
    {
        using var request = Request(url, payload, jobId);
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.Value.WebhookTimeoutMilliseconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var start = time.GetTimestamp();
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            if (!response.IsSuccessStatusCode)
                throw new HttpRequestException($"{url} answered {(int)response.StatusCode} {response.ReasonPhrase}. Ask the partner what is wrong, then retry.", null, response.StatusCode);
            return new SentWebhook(url, (int)response.StatusCode, Encoding.UTF8.GetByteCount(payload), (long)time.GetElapsedTime(start).TotalMilliseconds);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{url} did not answer within {options.Value.WebhookTimeoutMilliseconds:N0} ms. Retry when the partner is quicker, or raise Mail:WebhookTimeoutMilliseconds.", e);
        }
    }

    private static HttpRequestMessage Request(string url, string payload, string jobId)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new ArgumentException($"'{url}' is not a web address. Give one that begins with https:// or http://.", nameof(url));
        RequireJson(payload);
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(payload, Encoding.UTF8, "application/json") };
        // The partner can tell a retry from a new message by this.
        request.Headers.Add("Idempotency-Key", jobId);
        return request;
    }

    private static void RequireJson(string payload)
    {
        try
        {
            using var _ = JsonDocument.Parse(payload);
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The payload is not JSON: {e.Message}", nameof(payload), e);
        }
    }
}
