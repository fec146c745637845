using System.Net;
using System.Net.Mail;
using System.Net.Sockets;

namespace OpsConsole.Tests.Samples;

public sealed class SmtpTests : IDisposable
{
    private readonly SampleFolder _sample = new();
    private readonly MailServer _server = new();
    private readonly HttpClient _http = new();
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public SmtpTests()
    {
        _sample.Mail.SmtpHost = "127.0.0.1";
        _sample.Mail.SmtpPort = _server.Port;
        _sample.Mail.SmtpTls = false;
    }

    public void Dispose()
    {
        _http.Dispose();
        _server.Dispose();
        _sample.Dispose();
    }

    [Fact]
    public async Task Configured_server_gets_the_mail_and_the_maildir_does_not()
    {
        var session = _server.TakeOneAsync();
        var sent = await _sample.NotificationJobs(_http).SendAsync("buyer@elm.example", "Grüße", "Alles fertig.", _sample.Job, cancellation: Cancellation);

        var said = await session;
        Assert.Equal("127.0.0.1", sent.DeliveredTo);
        Assert.Contains("RCPT TO:<buyer@elm.example>", said);
        Assert.Contains("Subject: =?utf-8?B?R3LDvMOfZQ==?=", said);
        Assert.Empty(Directory.EnumerateFiles(_sample.Data.Mail, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Server_that_never_greets_is_a_time_out_that_names_the_setting()
    {
        var sending = _sample.NotificationJobs(_http).SendAsync("buyer@elm.example", "Hello", "text", _sample.Job, cancellation: Cancellation);
        using var caller = await _server.AcceptAsync();
        _sample.Time.Advance(TimeSpan.FromSeconds(31));
        var timeout = await Assert.ThrowsAsync<TimeoutException>(() => sending);
        Assert.Contains("Mail:SmtpTimeoutSeconds", timeout.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_is_not_there_is_an_error_of_mail()
    {
        _server.Dispose();
        await Assert.ThrowsAsync<SmtpException>(() => _sample.NotificationJobs(_http).SendAsync("buyer@elm.example", "Hello", "text", _sample.Job, cancellation: Cancellation));
    }

    /// <summary>Just enough SMTP to take one message.</summary>
    private sealed class MailServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public MailServer() => _listener.Start();

        public int Port => field != 0 ? field : field = ((IPEndPoint)_listener.LocalEndpoint).Port;

        public ValueTask<TcpClient> AcceptAsync() => _listener.AcceptTcpClientAsync(Cancellation);

        public async Task<IReadOnlyList<string>> TakeOneAsync()
        {
            using var client = await AcceptAsync();
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 test");
            var said = new List<string>();
            while (await reader.ReadLineAsync(Cancellation) is { } line)
            {
                said.Add(line);
                if (line == "DATA")
                    await TakeMessageAsync(reader, writer, said);
                else
                    await writer.WriteLineAsync("250 fine");
            }
            return said;
        }

        public void Dispose() => _listener.Dispose();

        private static async Task TakeMessageAsync(StreamReader reader, StreamWriter writer, List<string> said)
        {
            await writer.WriteLineAsync("354 go on");
            while (await reader.ReadLineAsync(Cancellation) is { } line && line != ".")
                said.Add(line);
            await writer.WriteLineAsync("250 taken");
        }
    }
}
