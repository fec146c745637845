using System.Globalization;
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

    /// <summary>Connection string of a Redis behind it.</summary>
    public string Configuration => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Waits for a call.</summary>
    /// <param name="sha1">Name of the script, as a client sends it.</param>
    /// <param name="calls">Which call of it counts, from 1.</param>
    /// <param name="when">Before or after it.</param>
    /// <param name="worker">Who dies.</param>
    /// <returns>Completes when the worker is dead.</returns>
    public Task ArmAsync(byte[] sha1, int calls, DeathAt when, WorkerProcess worker) => ArmAsync(sha1, calls, when, worker.FreezeAsync, worker.KillAsync);

    /// <inheritdoc cref="ArmAsync(byte[], int, DeathAt, WorkerProcess)"/>
    public Task ArmAsync(byte[] sha1, int calls, DeathAt when, ConsoleProcess console) => ArmAsync(sha1, calls, when, console.FreezeAsync, console.KillAsync);

    /// <summary>Cuts the connection at a call, and lets whoever called live: to Redis that is the same.</summary>
    public Task CutAsync(byte[] sha1, DeathAt when) => ArmAsync(sha1, 1, when, () => Task.CompletedTask, () => Task.CompletedTask);

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
            using var mute = new CancellationTokenSource();
            await Task.WhenAny(AskAsync(near.GetStream(), far.GetStream(), mute), AnswerAsync(far.GetStream(), near.GetStream(), mute.Token));
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
        }
        near.Dispose();
    }

    private static async Task AnswerAsync(NetworkStream far, NetworkStream near, CancellationToken mute)
    {
        var buffer = new byte[65_536];
        while (await far.ReadAsync(buffer, CancellationToken.None) is var length and > 0)
        {
            if (!mute.IsCancellationRequested)
                await near.WriteAsync(buffer.AsMemory(0, length), CancellationToken.None);
        }
    }

    private async Task AskAsync(NetworkStream near, NetworkStream far, CancellationTokenSource mute)
    {
        var buffer = new byte[65_536];
        while (await near.ReadAsync(buffer) is var length and > 0)
        {
            var death = DeathOf(buffer.AsSpan(0, length));
            if (death is { } due)
            {
                // Frozen and told nothing, it can hear no answer while Redis does what was asked.
                await mute.CancelAsync();
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
