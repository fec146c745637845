using System.Net;
using System.Net.Sockets;
using System.Text;
using OpsConsole.Bench;
using OpsConsole.Chaos.Fleet;

namespace OpsConsole.Chaos.Servers;

/// <summary>When the process behind a connection dies.</summary>
internal enum DeathAt
{
    /// <summary>Redis never hears of the call.</summary>
    BeforeCall,
    /// <summary>Redis has done what was asked, and nobody hears the answer.</summary>
    BeforeAnswer,
}

/// <summary>Stands between one process and Redis, and lets it die at a certain call of a certain script.</summary>
internal sealed class DeathProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _lock = new();
    private readonly int _target;
    private byte[] _name = [];
    private int _calls;
    private DeathAt _when;
    private (Func<Task> Freeze, Func<Task> Kill)? _doomed;
    private TaskCompletionSource _done = new();

    public DeathProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Waits for a call.</summary>
    /// <param name="sha1">Name of the script, as a client sends it.</param>
    /// <param name="calls">Which call of it counts, from 1.</param>
    /// <param name="when">Before or after it.</param>
    /// <param name="worker">Who dies.</param>
    /// <returns>Completes when the worker is dead.</returns>
    public Task ArmAsync(byte[] sha1, int calls, DeathAt when, WorkerProcess worker) => ArmAsync(sha1, calls, when, worker.FreezeAsync, worker.KillAsync);

    /// <inheritdoc cref="ArmAsync(byte[], int, DeathAt, WorkerProcess)"/>
    public Task ArmAsync(byte[] sha1, int calls, DeathAt when, ConsoleProcess console) => ArmAsync(sha1, calls, when, console.FreezeAsync, console.KillAsync);

    private Task ArmAsync(byte[] sha1, int calls, DeathAt when, Func<Task> freeze, Func<Task> kill)
    {
        lock (_lock)
        {
            (_name, _calls, _when, _doomed) = (Encoding.ASCII.GetBytes(Convert.ToHexStringLower(sha1)), calls, when, (freeze, kill));
            _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _done.Task;
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient near)
    {
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target);
            (near.NoDelay, far.NoDelay) = (true, true);
            await Task.WhenAny(AskAsync(near.GetStream(), far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
        }
        near.Dispose();
    }

    private async Task AskAsync(NetworkStream near, NetworkStream far)
    {
        var buffer = new byte[65_536];
        while (await near.ReadAsync(buffer) is var length and > 0)
        {
            var death = DeathOf(buffer.AsSpan(0, length));
            if (death is { } due)
            {
                // Frozen first, it can hear no answer while Redis does what was asked.
                await due.Freeze();
                if (due.When == DeathAt.BeforeAnswer)
                {
                    await far.WriteAsync(buffer.AsMemory(0, length));
                    await Task.Delay(20);
                }
                await due.Kill();
                _done.TrySetResult();
                return;
            }
            await far.WriteAsync(buffer.AsMemory(0, length));
        }
    }

    private (DeathAt When, Func<Task> Freeze, Func<Task> Kill)? DeathOf(ReadOnlySpan<byte> sent)
    {
        lock (_lock)
        {
            if (_doomed is not { } doomed || sent.IndexOf(_name) < 0 || --_calls > 0)
                return null;
            _doomed = null;
            return (_when, doomed.Freeze, doomed.Kill);
        }
    }
}
