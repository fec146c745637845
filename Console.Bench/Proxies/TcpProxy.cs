using System.Net;
using System.Net.Sockets;

namespace OpsConsole.Bench.Proxies;

/// <summary>Stands between a client and a server, and can be told to fail as networks do.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly List<TcpClient> _clients = [];
    private readonly HashSet<TcpClient> _silent = [];
    private readonly string _host;
    private readonly int _port;
    private TaskCompletionSource _flow = Done();
    private bool _isCut;

    public TcpProxy(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where it listens, on loopback.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Breaks every connection and takes no new one.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _isCut = true;
            _clients.ForEach(client => client.Dispose());
            _clients.Clear();
        }
    }

    /// <summary>Holds answers back without breaking anything; requests still arrive.</summary>
    public void HoldAnswers()
    {
        lock (_lock)
            _flow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Swallows whatever the present connections carry, and breaks none of them; new ones work. Nothing brings these back.</summary>
    public void Silence()
    {
        lock (_lock)
            _silent.UnionWith(_clients);
    }

    /// <summary>Lets everything through again.</summary>
    public void Heal()
    {
        lock (_lock)
        {
            _isCut = false;
            _flow.TrySetResult();
        }
    }

    public ValueTask DisposeAsync()
    {
        Heal();
        _end.Cancel();
        Cut();
        _listener.Stop();
        _end.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient near)
    {
        var far = new TcpClient();
        try
        {
            lock (_lock)
            {
                if (_isCut)
                    throw new IOException("cut");
                _clients.AddRange([near, far]);
            }
            await far.ConnectAsync(_host, _port);
            (near.NoDelay, far.NoDelay) = (true, true);
            await Task.WhenAny(CopyAsync(near, far, holdsBack: false), CopyAsync(far, near, holdsBack: true));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
        }
        near.Dispose();
        far.Dispose();
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, bool holdsBack)
    {
        try
        {
            var buffer = new byte[65_536];
            while (await from.GetStream().ReadAsync(buffer) is var length and > 0)
            {
                if (holdsBack)
                    await Flow();
                if (!IsSilent(from))
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, length));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private bool IsSilent(TcpClient client)
    {
        lock (_lock)
            return _silent.Contains(client);
    }

    private Task Flow()
    {
        lock (_lock)
            return _flow.Task;
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
