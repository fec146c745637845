using System.Net.Mail;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports.Notifications;

/// <summary>
/// Delivers into a maildir: a message is written under <c>tmp</c> and moved into <c>new</c> when it is whole, so that a mail reader
/// never sees half of one.
/// </summary>
public sealed class Maildir
{
    private readonly string _folder;
    private readonly TimeProvider _time;

    public Maildir(DataFolder data, TimeProvider time)
    {
        (_folder, _time) = (data.Mail, time);
        foreach (var name in new[] { "tmp", "new", "cur" })
            Directory.CreateDirectory(Path.Combine(_folder, name));
    }

    /// <summary>Returns the path of the delivered message.</summary>
    public async Task<string> DeliverAsync(MailMessage message, CancellationToken cancellation)
    {
        var name = $"{_time.GetUtcNow().ToUnixTimeSeconds()}.{Guid.NewGuid():N}.{Environment.MachineName}";
        var pickup = Directory.CreateDirectory(Path.Combine(_folder, "tmp", name)).FullName;
        try
        {
            using var writer = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = pickup };
            writer.Send(message);
            var written = Directory.EnumerateFiles(pickup).Single();
            var delivered = Path.Combine(_folder, "new", name);
            await RemoveEnvelopeAsync(written, cancellation);
            File.Move(written, delivered);
            return delivered;
        }
        finally
        {
            Directory.Delete(pickup, recursive: true);
        }
    }

    // A pickup folder is meant for a mail server, which reads sender and receivers from lines of its own in front of the message.
    private static async Task RemoveEnvelopeAsync(string path, CancellationToken cancellation)
    {
        var lines = await File.ReadAllLinesAsync(path, cancellation);
        var message = lines.SkipWhile(line => line.StartsWith("X-Sender:", StringComparison.Ordinal) || line.StartsWith("X-Receiver:", StringComparison.Ordinal));
        await File.WriteAllTextAsync(path, string.Join('\n', message) + "\n", cancellation);
    }
}
