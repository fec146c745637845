using System.Net;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsConsole.Samples.Reports.Configuration;

namespace OpsConsole.Samples.Reports.Traffic;

/// <summary>
/// The partner that the traffic's webhooks go to: a web server on loopback that mostly answers soon, sometimes later than the
/// sender waits, and is out of service for a while now and then.
/// </summary>
internal sealed class DemoPartner(IOptions<TrafficOptions> traffic, IOptions<MailOptions> mail, TimeProvider time, ILogger<DemoPartner> log) : BackgroundService
{
    private const int MostAtOnce = 64;
    private readonly SemaphoreSlim _places = new(MostAtOnce);

    public string Url => $"http://127.0.0.1:{traffic.Value.PartnerPort}";

    /// <summary>Whether the partner is out of service at a moment.</summary>
    public static bool IsOut(DateTimeOffset moment, TrafficOptions options) => options.PartnerOutageEveryMinutes > 0
        && moment.ToUnixTimeSeconds() % (options.PartnerOutageEveryMinutes * 60L) < options.PartnerOutageSeconds;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listener = new HttpListener { Prefixes = { Url + "/" } };
        try
        {
            listener.Start();
        }
        catch (HttpListenerException e)
        {
            log.LogWarning("Port {Port} is taken ({Reason}), so that webhooks go to whoever listens there. Set Traffic:PartnerPort to a free one", traffic.Value.PartnerPort, e.Message);
            return;
        }
        using var stop = stoppingToken.Register(listener.Stop);
        while (!stoppingToken.IsCancellationRequested)
        {
            await _places.WaitAsync(stoppingToken);
            _ = AnswerAsync(await NextAsync(listener), stoppingToken);
        }
    }

    public override void Dispose()
    {
        _places.Dispose();
        base.Dispose();
    }

    private static async Task<HttpListenerContext?> NextAsync(HttpListener listener)
    {
        try
        {
            return await listener.GetContextAsync();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task AnswerAsync(HttpListenerContext? call, CancellationToken stopping)
    {
        try
        {
            if (call is null)
                return;
            var isOut = IsOut(time.GetUtcNow(), traffic.Value);
            if (!isOut)
                await Task.Delay(Thinking(), time, stopping);
            call.Response.StatusCode = isOut ? (int)HttpStatusCode.ServiceUnavailable : (int)HttpStatusCode.OK;
            await call.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(isOut ? "maintenance" : "accepted"), stopping);
            call.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The sender has given up waiting, or the host stops: nobody is left to answer.
        }
        finally
        {
            _places.Release();
        }
    }

    private TimeSpan Thinking() => TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * 100 < traffic.Value.SlowPartnerPercent
        ? mail.Value.WebhookTimeoutMilliseconds * 1.5
        : 15 + 90 * -Math.Log(1 - Random.Shared.NextDouble()));
}
