namespace OpsConsole.Bench.Circuits;

/// <summary>What a message of a circuit is about.</summary>
internal enum HubMessageKind
{
    /// <summary>Nothing that a viewer has to act on, as pings are.</summary>
    Other,

    /// <summary>A drawing that wants to be acknowledged.</summary>
    Drawing,

    /// <summary>A call of the browser's script that wants an answer.</summary>
    Call,

    /// <summary>The components are live.</summary>
    Live,

    /// <summary>The circuit stands; the text is its id.</summary>
    Started,

    /// <summary>It is over; the text says why.</summary>
    Broken,
}

/// <summary>One message of a circuit's hub, as far as a viewer has to understand it.</summary>
internal readonly ref struct HubMessage
{
    private const int Invocation = 1;
    private const int Completion = 3;
    private const int Close = 7;
    private const int IsError = 1;
    private const int IsVoid = 2;

    private HubMessage(HubMessageKind kind, string? text = null) => (Kind, Text) = (kind, text);

    public HubMessageKind Kind { get; }

    /// <summary>Of a drawing or a call: by which it is answered.</summary>
    public long Number { get; private init; }

    /// <summary>The drawing; valid as long as the frame.</summary>
    public ReadOnlySpan<byte> Batch { get; private init; }

    public string? Text { get; }

    /// <param name="frame">One whole message, without its length.</param>
    /// <exception cref="FormatException">It is not one.</exception>
    public static HubMessage Read(ReadOnlySpan<byte> frame)
    {
        var message = new PackReader(frame);
        var parts = message.Array();
        return message.Number() switch
        {
            Invocation => Invoked(ref message),
            Completion => Completed(ref message),
            Close => new HubMessage(HubMessageKind.Broken, (parts > 1 ? message.Text() : null) ?? "closed"),
            _ => default,
        };
    }

    private static HubMessage Invoked(scoped ref PackReader message)
    {
        message.NoHeaders();
        message.Text();
        var target = message.Text();
        message.Array();
        return target switch
        {
            "JS.RenderBatch" => new HubMessage(HubMessageKind.Drawing) { Number = message.Number(), Batch = message.Bytes() },
            // Zero is that of calls that nobody waits for.
            "JS.BeginInvokeJS" => message.Number() is var call and not 0 ? new HubMessage(HubMessageKind.Call) { Number = call } : default,
            "JS.EndUpdateRootComponents" => new HubMessage(HubMessageKind.Live),
            "JS.Error" => new HubMessage(HubMessageKind.Broken, message.Text() ?? "an error without words"),
            _ => default,
        };
    }

    private static HubMessage Completed(scoped ref PackReader message)
    {
        message.NoHeaders();
        message.Text();
        var result = message.Number();
        if (result == IsError)
            return new HubMessage(HubMessageKind.Broken, message.Text() ?? "refused");
        // A console that starts no circuit answers without an id.
        return (result == IsVoid ? null : message.Text()) is { } id ? new HubMessage(HubMessageKind.Started, id) : new HubMessage(HubMessageKind.Broken, "The console started no circuit.");
    }
}
