using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;
using OpsConsole.Samples.Reports.Configuration;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports.Notifications;

/// <summary>Sends through the configured server, or into the maildir when there is none.</summary>
public sealed class Mailer(IOptions<MailOptions> options, Maildir maildir, DataFolder data, TimeProvider time)
{
    /// <summary>Returns where the message went: a file of the maildir, or the name of the server.</summary>
    /// <exception cref="TimeoutException">The server took too long.</exception>
    public async Task<string> SendAsync(MailMessage message, CancellationToken cancellation)
    {
        if (options.Value.SmtpHost.Length == 0)
            return data.Relative(await maildir.DeliverAsync(message, cancellation));

        using var client = Client();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.SmtpTimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await client.SendMailAsync(message, either.Token).WaitAsync(either.Token);
            return options.Value.SmtpHost;
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"The mail server {options.Value.SmtpHost}:{options.Value.SmtpPort} did not take the message within {options.Value.SmtpTimeoutSeconds} s. See that it runs, or raise Mail:SmtpTimeoutSeconds.", e);
        }
    }

    private SmtpClient Client() => new(options.Value.SmtpHost, options.Value.SmtpPort)
    {
        EnableSsl = options.Value.SmtpTls,
        Credentials = options.Value.SmtpUser.Length == 0 ? null : new NetworkCredential(options.Value.SmtpUser, options.Value.SmtpPassword),
    };
}
