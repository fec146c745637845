using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace OpsConsole.Bench.Circuits;

/// <summary>
/// A viewer without a browser: opens a page, speaks Blazor's protocol over a real WebSocket as its script does (compression included), and
/// acknowledges every drawing at once. What a browser needs to draw is not in it.
/// </summary>
internal sealed class Circuit : IAsyncDisposable
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _live = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CircuitPage _page;
    private readonly Drawn? _drawn;
    private Timer? _pings;
    private CircuitSession? _session;
    private string? _id;
    private Task _receiving = Task.CompletedTask;

    private Circuit(CircuitPage page, Drawn? drawn) => (_page, _drawn) = (page, drawn);

    /// <summary>Told of each drawing, as it lies in the batch.</summary>
    public delegate void Drawn(ReadOnlySpan<byte> batch);

    public long Batches { get; private set; }

    /// <summary>Of drawings, before compression.</summary>
    public long Bytes { get; private set; }

    /// <summary>Why it broke, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>Opens a page and completes when it is live.</summary>
    public static async Task<Circuit> OpenAsync(CircuitSession session, string path, Drawn? drawn = null)
    {
        var html = await session.Http.GetStringAsync(new Uri(path, UriKind.Relative));
        var circuit = new Circuit(CircuitPage.Of(html), drawn);
        await circuit.StartAsync(session, path);
        return circuit;
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        await _end.CancelAsync();
        if (_pings is not null)
            await _pings.DisposeAsync();
        _socket.Dispose();
        await _receiving;
        _end.Dispose();
        _sending.Dispose();
    }

    private async Task StartAsync(CircuitSession session, string path)
    {
        _session = session;
        _socket.Options.Cookies = session.Cookies;
        _socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        await _socket.ConnectAsync(new Uri($"ws://{session.Address.Authority}/_blazor"), CancellationToken.None);
        await SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"));
        _receiving = ReceiveAsync();
        _pings = new Timer(_ => _ = SendAsync(PackWriter.Ping), null, PingEvery, PingEvery);
        await SendAsync(PackWriter.Call("0", "StartCircuit", session.Address.ToString(), new Uri(session.Address, path).ToString(), "[]", ""));
        await _live.Task.WaitAsync(Patience);
    }

    private async Task ReceiveAsync()
    {
        var frames = new FrameBuffer();
        try
        {
            while (true)
            {
                var read = await _socket.ReceiveAsync(frames.Space(), _end.Token);
                if (read.MessageType == WebSocketMessageType.Close)
                    throw new WebSocketException(_socket.CloseStatusDescription ?? "The console closed the circuit.");
                frames.Add(read.Count);
                while (frames.Next(out var frame))
                    Take(HubMessage.Read(frame.Span));
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or FormatException)
        {
            if (!_end.IsCancellationRequested)
                Break(e.Message);
        }
    }

    private void Take(HubMessage message)
    {
        switch (message.Kind)
        {
            case HubMessageKind.Drawing:
                Draw(message.Batch);
                _ = SendAsync(PackWriter.Call(null, "OnRenderCompleted", message.Number, null));
                break;
            case HubMessageKind.Call:
                _ = SendAsync(PackWriter.Call(null, "EndInvokeJSFromDotNet", message.Number, true, string.Create(CultureInfo.InvariantCulture, $"[{message.Number},true,null]")));
                break;
            case HubMessageKind.Started:
                // Its components are handed over.
                _id = message.Text;
                _ = SendAsync(PackWriter.Call(null, "UpdateRootComponents", _page.Operations, _page.State));
                break;
            case HubMessageKind.Live:
                _live.TrySetResult();
                break;
            case HubMessageKind.Broken:
                Break(message.Text!);
                break;
        }
    }

    // A browser that leaves says so; a circuit that only broke off would be kept for a while.
    private async Task LeaveAsync()
    {
        if (_id is null || _session is null || Fault is not null)
            return;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["circuitId"] = _id });
        using var answer = await _session.Http.PostAsync(new Uri("/_blazor/disconnect", UriKind.Relative), form);
    }

    private void Draw(ReadOnlySpan<byte> batch)
    {
        Batches++;
        Bytes += batch.Length;
        _drawn?.Invoke(batch);
    }

    private void Break(string why)
    {
        Fault ??= why;
        _live.TrySetException(new InvalidOperationException($"The circuit broke: {why}"));
    }

    private async Task SendAsync(byte[] message)
    {
        try
        {
            await _sending.WaitAsync(_end.Token);
            try
            {
                await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, _end.Token);
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever receives says what happened.
        }
    }
}
