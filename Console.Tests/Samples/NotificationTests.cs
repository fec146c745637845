using System.Net;
using System.Text;

namespace OpsConsole.Tests.Samples;

public sealed class NotificationTests : IDisposable
{
    private readonly SampleFolder _sample = new();
    private readonly Partner _partner = new();
    private readonly HttpClient _http;
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public NotificationTests() => _http = new HttpClient(_partner);

    public void Dispose()
    {
        _http.Dispose();
        _sample.Dispose();
    }

    [Fact]
    public async Task Mail_lands_whole_in_the_maildir_with_its_umlauts()
    {
        var sent = await _sample.NotificationJobs(_http).SendAsync("buyer@elm.example", "Größe & Preis", "Liebe Käufer,\nalles fertig.", _sample.Job, cancellation: Cancellation);

        Assert.StartsWith("mail/new/", sent.DeliveredTo, StringComparison.Ordinal);
        var mail = await File.ReadAllTextAsync(_sample.Data.Existing(sent.DeliveredTo), Cancellation);
        var (head, body) = (mail[..mail.IndexOf("\n\n", StringComparison.Ordinal)], mail[mail.IndexOf("\n\n", StringComparison.Ordinal)..]);
        Assert.Contains("To: buyer@elm.example", head, StringComparison.Ordinal);
        Assert.Contains($"X-Job-Id: {_sample.Job.JobId}", head, StringComparison.Ordinal);
        Assert.Contains("Subject: =?utf-8?B?" + Convert.ToBase64String(Encoding.UTF8.GetBytes("Größe & Preis")), head, StringComparison.Ordinal);
        Assert.Contains("charset=utf-8", head, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Sender", head, StringComparison.Ordinal);
        Assert.Contains("Content-Transfer-Encoding: base64", head, StringComparison.Ordinal);
        Assert.Equal("Liebe Käufer,\nalles fertig.", Encoding.UTF8.GetString(Convert.FromBase64String(body.Trim())).ReplaceLineEndings("\n"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_sample.Data.Mail, "tmp")));
    }

    [Fact]
    public async Task Attachment_travels_with_the_mail_and_a_large_one_is_refused()
    {
        _sample.Mail.MaxAttachmentKilobytes = 1;
        _sample.Put("reports/small.json", """{"ok":true}""");
        _sample.Put("reports/large.json", new string('x', 1_025));
        var jobs = _sample.NotificationJobs(_http);

        var sent = await jobs.SendAsync("buyer@elm.example", "Report", "See file", _sample.Job, "reports/small.json", Cancellation);
        var mail = await File.ReadAllTextAsync(_sample.Data.Existing(sent.DeliveredTo), Cancellation);
        Assert.Contains(Convert.ToBase64String("""{"ok":true}"""u8), mail, StringComparison.Ordinal);
        Assert.Contains("small.json", mail, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => jobs.SendAsync("buyer@elm.example", "Report", "See file", _sample.Job, "reports/large.json", Cancellation));
    }

    [Theory]
    [InlineData("billing@@north.example", "Hello")]
    [InlineData("nobody", "Hello")]
    [InlineData("root@localhost", "Hello")]
    [InlineData("buyer@elm.example", "Two\r\nBcc: all@elm.example")]
    [InlineData("buyer@elm.example", "")]
    public async Task Bad_address_or_subject_sends_nothing(string to, string subject)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _sample.NotificationJobs(_http).SendAsync(to, subject, "text", _sample.Job, cancellation: Cancellation));
        Assert.Empty(Directory.EnumerateFiles(_sample.Data.Mail, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Webhook_carries_the_job_id_so_that_a_retry_is_known()
    {
        var sent = await _sample.NotificationJobs(_http).WebhookAsync("https://partner.example/orders", """{"order":7}""", _sample.Job, Cancellation);
        Assert.Equal((200, 11), (sent.Status, sent.Bytes));
        Assert.Equal(_sample.Job.JobId, _partner.Key);
    }

    [Fact]
    public async Task Partner_that_is_too_slow_is_a_time_out_that_names_the_limit()
    {
        _partner.Answers = false;
        var sending = _sample.NotificationJobs(_http).WebhookAsync("https://partner.example/orders", "{}", _sample.Job, Cancellation);
        await _partner.Asked.Task;
        _sample.Time.Advance(TimeSpan.FromSeconds(2));
        var timeout = await Assert.ThrowsAsync<TimeoutException>(() => sending);
        Assert.Contains("within 1,500 ms", timeout.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Partner_that_refuses_is_named_with_its_status()
    {
        _partner.Status = HttpStatusCode.ServiceUnavailable;
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => _sample.NotificationJobs(_http).WebhookAsync("https://partner.example/orders", "{}", _sample.Job, Cancellation));
        Assert.Contains("answered 503", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://partner.example", "{}")]
    [InlineData("partner", "{}")]
    [InlineData("https://partner.example", "{not json")]
    public async Task Webhook_to_nowhere_or_without_JSON_is_refused(string url, string payload) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _sample.NotificationJobs(_http).WebhookAsync(url, payload, _sample.Job, Cancellation));

    private sealed class Partner : HttpMessageHandler
    {
        public bool Answers { get; set; } = true;

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public string? Key { get; private set; }

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Key = request.Headers.GetValues("Idempotency-Key").Single();
            Asked.SetResult();
            if (!Answers)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            return new HttpResponseMessage(Status);
        }
    }
}
