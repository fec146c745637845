using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Samples.Reports.Configuration;

/// <summary>How notifications leave the house. Section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>SMTP server; empty delivers into the maildir <c>mail</c> of the data folder.</summary>
    public string SmtpHost { get; set; } = "";

    [Range(1, 65_535)]
    public int SmtpPort { get; set; } = 25;

    /// <summary>Encrypts by STARTTLS.</summary>
    public bool SmtpTls { get; set; } = true;

    /// <summary>User for the server; empty sends without signing in.</summary>
    public string SmtpUser { get; set; } = "";

    public string SmtpPassword { get; set; } = "";

    [Range(1, 600)]
    public int SmtpTimeoutSeconds { get; set; } = 30;

    /// <summary>Sender of every message.</summary>
    [Required, EmailAddress]
    public string From { get; set; } = "reports@example.org";

    [Range(1, 25_600)]
    public int MaxAttachmentKilobytes { get; set; } = 1_024;

    /// <summary>How long a partner may take to accept a webhook.</summary>
    [Range(50, 120_000)]
    public int WebhookTimeoutMilliseconds { get; set; } = 1_500;
}
