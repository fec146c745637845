using Microsoft.AspNetCore.SignalR.Protocol;
using OpsConsole.Bench.Circuits;
using Framework = Microsoft.AspNetCore.SignalR.Protocol;
using HubMessage = OpsConsole.Bench.Circuits.HubMessage;

namespace OpsConsole.Tests.Bench.Circuits;

public sealed class HubMessageTests
{
    private static readonly byte[] Batch = [.. Enumerable.Range(0, 300).Select(value => (byte)value)];

    private static readonly Framework.HubMessage[] Messages =
    [
        new InvocationMessage("JS.RenderBatch", [7L, Batch]),
        new InvocationMessage("JS.BeginInvokeJS", [200_000L, "focus", "[]", 0, 0L]),
        new InvocationMessage("JS.EndUpdateRootComponents", [1L]),
        new InvocationMessage("JS.Error", ["The circuit failed."]),
        CompletionMessage.WithResult("0", "circuit-id"),
        CompletionMessage.WithError("0", "Not for you."),
        CompletionMessage.Empty("0"),
        new CloseMessage("Gone."),
        PingMessage.Instance,
    ];

    [Fact]
    public void A_drawing_has_its_number_and_its_bytes()
    {
        var message = HubMessage.Read(BlazorProtocol.Bare(Messages[0]));

        Assert.Equal((HubMessageKind.Drawing, 7L), (message.Kind, message.Number));
        Assert.Equal(Batch, message.Batch);
    }

    [Theory]
    [InlineData(1, HubMessageKind.Call, 200_000L, null)]
    [InlineData(2, HubMessageKind.Live, 0L, null)]
    [InlineData(3, HubMessageKind.Broken, 0L, "The circuit failed.")]
    [InlineData(4, HubMessageKind.Started, 0L, "circuit-id")]
    [InlineData(5, HubMessageKind.Broken, 0L, "Not for you.")]
    [InlineData(6, HubMessageKind.Broken, 0L, "The console started no circuit.")]
    [InlineData(7, HubMessageKind.Broken, 0L, "Gone.")]
    [InlineData(8, HubMessageKind.Other, 0L, null)]
    internal void What_the_framework_writes_is_understood(int written, HubMessageKind kind, long number, string? text)
    {
        var message = HubMessage.Read(BlazorProtocol.Bare(Messages[written]));

        Assert.Equal((kind, number, text), (message.Kind, message.Number, message.Text));
    }

    [Fact]
    public void Calls_that_want_no_answer_get_none_and_unknown_ones_do_no_harm()
    {
        Assert.Equal(HubMessageKind.Other, HubMessage.Read(BlazorProtocol.Bare(new InvocationMessage("JS.BeginInvokeJS", [0L, "focus", "[]", 0, 0L]))).Kind);
        Assert.Equal(HubMessageKind.Other, HubMessage.Read(BlazorProtocol.Bare(new InvocationMessage("JS.OfTomorrow", [true]))).Kind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_message_that_ends_too_early_is_refused_wherever_it_ends(int written)
    {
        var whole = BlazorProtocol.Bare(Messages[written]);
        // What stands behind the last thing that is looked at is missed by nobody.
        var needed = Enumerable.Range(0, whole.Length + 1).First(length => IsRead(whole.AsSpan(0, length)));

        Assert.True(needed > whole.Length / 2);
        Assert.All(Enumerable.Range(0, needed), length => Assert.False(IsRead(whole.AsSpan(0, length))));
    }

    [Theory]
    [InlineData(new byte[] { 0x95, 0x01, 0x81 })]
    [InlineData(new byte[] { 0x95, 0x01, 0x80, 0xC0, 0xDB, 0xFF, 0xFF, 0xFF, 0xFF, 0x41 })]
    [InlineData(new byte[] { 0x95, 0xCF, 0x80, 0, 0, 0, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 0xDE, 0x00, 0x01 })]
    public void Headers_lengths_and_numbers_that_cannot_be_are_refused(byte[] frame) => Assert.False(IsRead(frame));

    [Fact]
    public void Whatever_comes_is_read_or_refused_and_nothing_else()
    {
        var random = new Random(20261121);
        foreach (var message in Messages)
        {
            for (var time = 0; time < 2_000; time++)
            {
                var frame = BlazorProtocol.Bare(message);
                frame[random.Next(frame.Length)] = (byte)random.Next(256);
                frame[random.Next(Math.Min(24, frame.Length))] = (byte)random.Next(256);
                IsRead(frame);
            }
        }
    }

    // Anything but a refusal goes through to the test.
    private static bool IsRead(ReadOnlySpan<byte> frame)
    {
        try
        {
            _ = HubMessage.Read(frame);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
