using System.Net;
using System.Net.Sockets;

namespace OpsConsole.Bench.Pages;

/// <summary>What has gone over a wire so far.</summary>
/// <param name="Commands">Statements, or commands of Redis.</param>
/// <param name="RoundTrips">How often the client asked and waited for an answer.</param>
/// <param name="Bytes">From the server to the client.</param>
internal readonly record struct WireFigures(long Commands, long RoundTrips, long Bytes)
{
    public static WireFigures operator -(WireFigures one, WireFigures other) => new(one.Commands - other.Commands, one.RoundTrips - other.RoundTrips, one.Bytes - other.Bytes);
}

/// <summary>Stands between a client and a server and counts. What it counts does not depend on what the client says of itself.</summary>
internal sealed class WireTap : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly string _host;
    private readonly int _port;
    private readonly Func<IWireCount> _count;
    private readonly Task _accepting;
    private long _commands, _trips, _bytes;

    /// <param name="count">Made anew for each connection.</param>
    public WireTap(string host, int port, Func<IWireCount> count)
    {
        (_host, _port, _count) = (host, port, count);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public WireFigures Figures => new(Interlocked.Read(ref _commands), Interlocked.Read(ref _trips), Interlocked.Read(ref _bytes));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // It is over.
        }
    }

    private async Task ServeAsync(TcpClient near)
    {
        using var far = new TcpClient { NoDelay = true };
        using var client = near;
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(_host, _port, _end.Token);
            var (count, hasAnswered) = (_count(), 1);
            await Task.WhenAny(
                PumpAsync(near, far, bytes =>
                {
                    Interlocked.Add(ref _commands, count.Take(bytes));
                    Interlocked.Add(ref _trips, Interlocked.Exchange(ref hasAnswered, 0));
                }),
                PumpAsync(far, near, bytes =>
                {
                    Interlocked.Add(ref _bytes, bytes.Length);
                    Interlocked.Exchange(ref hasAnswered, 1);
                }));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // The client sees it, and says so.
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, Look look)
    {
        try
        {
            var buffer = new byte[65_536];
            while (await from.GetStream().ReadAsync(buffer, _end.Token) is var length and > 0)
            {
                look(buffer.AsSpan(0, length));
                await to.GetStream().WriteAsync(buffer.AsMemory(0, length), _end.Token);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // One of the two has hung up.
        }
    }

    private delegate void Look(ReadOnlySpan<byte> bytes);
}
