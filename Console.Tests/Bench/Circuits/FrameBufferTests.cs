using System.Text;
using Microsoft.AspNetCore.SignalR.Protocol;
using OpsConsole.Bench.Circuits;

namespace OpsConsole.Tests.Bench.Circuits;

public sealed class FrameBufferTests
{
    private static readonly byte[] Greeting = Encoding.UTF8.GetBytes("{}\u001e");
    private readonly FrameBuffer _buffer = new();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Messages_are_cut_out_however_they_arrive(int piece)
    {
        // One with a length of a byte, one of two and one of three, which is larger than the buffer begins with.
        InvocationMessage[] sent = [new("JS.RenderBatch", [1L, new byte[10]]), new("JS.RenderBatch", [2L, new byte[1_000]]), new("JS.RenderBatch", [3L, new byte[40_000]])];

        var got = Take([.. Greeting, .. sent.SelectMany(BlazorProtocol.Framed), .. BlazorProtocol.Framed(PingMessage.Instance)], piece);

        Assert.Equal(4, got.Count);
        Assert.Equal(BlazorProtocol.Bare(sent[0]), got[0]);
        Assert.Equal([(1L, 10), (2L, 1_000), (3L, 40_000)], got.Take(3).Select(Drawing));
    }

    [Fact]
    public void Half_a_message_is_none_yet()
    {
        var message = BlazorProtocol.Framed(new InvocationMessage("JS.RenderBatch", [1L, new byte[1_000]]));

        Assert.Empty(Take([.. Greeting, .. message.AsSpan(0, 1)], 1));
        Assert.Empty(Take(message[1..^1], 100));
        Assert.Single(Take(message[^1..], 1));
    }

    [Fact]
    public void A_console_that_refuses_the_protocol_is_quoted()
    {
        var refused = Assert.Throws<FormatException>(() => Take(Encoding.UTF8.GetBytes("{\"error\":\"blazorpack is not known\"}\u001e"), 5));
        Assert.Contains("blazorpack is not known", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_never_ends_his_greeting_is_not_listened_to_for_ever() => Assert.Throws<FormatException>(() => Take(new byte[5_000], 1_000));

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x0F })]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x08 })]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x10 })]
    public void A_length_that_no_drawing_has_is_refused_before_memory_is_found_for_it(byte[] length) => Assert.Throws<FormatException>(() => Take([.. Greeting, .. length], 100));

    [Fact]
    public void A_message_of_no_bytes_is_cut_out_like_any_other() => Assert.Equal([0], Take([.. Greeting, 0], 1).Select(frame => frame.Length));

    private List<byte[]> Take(byte[] bytes, int piece)
    {
        var frames = new List<byte[]>();
        for (var at = 0; at < bytes.Length;)
        {
            var space = _buffer.Space();
            var come = bytes.AsMemory(at, Math.Min(Math.Min(piece, bytes.Length - at), space.Length));
            come.CopyTo(space);
            _buffer.Add(come.Length);
            at += come.Length;
            while (_buffer.Next(out var frame))
                frames.Add(frame.ToArray());
        }
        return frames;
    }

    private static (long, int) Drawing(byte[] frame)
    {
        var message = OpsConsole.Bench.Circuits.HubMessage.Read(frame);
        return (message.Number, message.Batch.Length);
    }
}
