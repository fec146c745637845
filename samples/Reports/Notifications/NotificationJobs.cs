using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using System.Text;
using Microsoft.Extensions.Options;
using OpsConsole.Jobs;
using OpsConsole.Samples.Reports.Configuration;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports.Notifications;

/// <summary>A message that went out.</summary>
public sealed record SentMail(string To, string Subject, string DeliveredTo, int AttachmentBytes);

/// <summary>A webhook that a partner accepted.</summary>
public sealed record SentWebhook(string Url, int Status, int Bytes, long Milliseconds);

/// <summary>Tells people and partners.</summary>
[Retry(Times = 3, Backoff = Backoff.Listed, DelaysSeconds = [60, 120, 240])]
public sealed class NotificationJobs(Mailer mailer, Webhook webhook, DataFolder data, IOptions<MailOptions> options)
{
    private const int MaxSubject = 200;
    private const int MaxBody = 100_000;

    [Job("notifications.send", Queue = "notifications", Description = "Sends an e-mail, with a file of the data folder if wanted.",
        SoftLimitSeconds = Limits.SoftSeconds, HardLimitSeconds = Limits.HardSeconds)]
    public async Task<SentMail> SendAsync(
        [Description("E-mail address")] string to,
        [StringLength(MaxSubject, MinimumLength = 1)] string subject,
        [StringLength(MaxBody)] string body,
        JobContext job,
        [Description("A file of the data folder")] string? attachment = null,
        CancellationToken cancellation = default)
    {
        using var message = new MailMessage(options.Value.From, AddressOf(to), SubjectOf(subject), BodyOf(body))
        {
            BodyEncoding = Encoding.UTF8,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.Headers.Add("X-Job-Id", job.JobId);
        var bytes = attachment is null ? 0 : Attach(message, attachment);
        var place = await mailer.SendAsync(message, cancellation);
        job.Log($"Sent '{subject}' to {to}, into {place}");
        return new SentMail(to, subject, place, bytes);
    }

    [Job("notifications.webhook", Queue = "notifications", Description = "Posts a JSON document to a partner, who must answer in time.",
        SoftLimitSeconds = Limits.SoftSeconds, HardLimitSeconds = Limits.HardSeconds)]
    public async Task<SentWebhook> WebhookAsync([Description("Web address of the partner")] string url, [Description("JSON document")] string payload, JobContext job, CancellationToken cancellation)
    {
        var sent = await webhook.PostAsync(url, payload, job.JobId, cancellation);
        job.Log($"{url} answered {sent.Status} after {sent.Milliseconds:N0} ms");
        return sent;
    }

    private int Attach(MailMessage message, string attachment)
    {
        var path = data.Existing(attachment);
        var bytes = new FileInfo(path).Length;
        if (bytes > options.Value.MaxAttachmentKilobytes * 1_024L)
            throw new ArgumentException($"'{attachment}' has {bytes / 1_024:N0} KB, and an attachment may have {options.Value.MaxAttachmentKilobytes:N0} KB. Archive it and send its name instead.", nameof(attachment));
        message.Attachments.Add(new Attachment(path));
        return (int)bytes;
    }

    private static string AddressOf(string to) => MailAddress.TryCreate(to, out var address) && address.Host.Contains('.', StringComparison.Ordinal)
        ? address.Address
        : throw new ArgumentException($"'{to}' is not an e-mail address. Correct it in the customer's record and send again.", nameof(to));

    private static string SubjectOf(string subject) => subject.Length is > 0 and <= MaxSubject && subject.IndexOfAny(['\r', '\n']) < 0
        ? subject
        : throw new ArgumentException($"A subject is one line of 1 to {MaxSubject} characters.", nameof(subject));

    private static string BodyOf(string body) => body.Length <= MaxBody
        ? body
        : throw new ArgumentException($"The text has {body.Length:N0} characters, and a message may have {MaxBody:N0}. Send the rest as an attachment.", nameof(body));
}
