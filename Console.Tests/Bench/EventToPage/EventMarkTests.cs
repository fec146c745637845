using System.Text;
using OpsConsole.Bench.EventToPage;

namespace OpsConsole.Tests.Bench.EventToPage;

public sealed class EventMarkTests
{
    private const string Position = "1795264800123-4";

    [Fact]
    public void The_position_is_found_among_the_other_texts_of_a_drawing()
    {
        var drawing = Drawing("data-through", Position, "1795264800123", "17", "1,234 jobs");

        Assert.Equal(new EventId(1_795_264_800_123, 4), EventMark.Find(drawing));
    }

    [Theory]
    [InlineData("1795264800123-42", 42)]
    [InlineData("1795264800123-4294967296", 4_294_967_296)]
    public void It_is_as_long_as_the_drawing_says_whatever_stands_behind_it(string position, long number) =>
        Assert.Equal(new EventId(1_795_264_800_123, number), EventMark.Find([.. Drawing(position), .. "99999"u8]));

    [Theory]
    [InlineData("1795264800123-4 and more")]
    [InlineData("2026-11-21")]
    [InlineData("1795264800123-")]
    [InlineData("")]
    public void Texts_that_only_look_like_it_are_none(string text) => Assert.Null(EventMark.Find(Drawing(text)));

    [Fact]
    public void A_drawing_that_ends_in_the_middle_of_it_has_none() =>
        Assert.All(Enumerable.Range(0, Position.Length + 1), length => Assert.Null(EventMark.Find(Drawing(Position).AsSpan(0, length))));

    // Each text behind its length, as in the table of texts of a drawing.
    private static byte[] Drawing(params string[] texts) => [0, 0, 3, .. texts.SelectMany(text => (byte[])[(byte)text.Length, .. Encoding.UTF8.GetBytes(text)])];
}
