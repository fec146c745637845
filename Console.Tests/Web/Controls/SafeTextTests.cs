using OpsConsole.Web.Controls;

namespace OpsConsole.Tests.Web.Controls;

public sealed class SafeTextTests
{
    [Fact]
    public void Plain_text_is_left_alone() => Assert.Equal("größe 日本 👍", SafeText.Inline("größe 日本 👍"));

    [Fact]
    public void Half_a_character_becomes_the_replacement_character() => Assert.Equal("a\uFFFDb\uFFFD", SafeText.Inline("a\ud800b\udc00"));

    [Fact]
    public void Marks_that_turn_the_direction_of_text_are_made_visible() => Assert.Equal("a\uFFFDexe.txt", SafeText.Inline("a\u202Eexe.txt"));

    [Fact]
    public void Control_characters_are_shown_as_pictures() => Assert.Equal("a\u2400b c", SafeText.Inline("a\0b\nc"));

    [Fact]
    public void A_line_is_cut_with_a_sign_of_it() => Assert.Equal("aaaaa…", SafeText.Inline(new string('a', 100), 5));

    [Fact]
    public void A_block_that_is_cut_says_how_much_is_shown()
    {
        var text = SafeText.Block(new string('a', 1_000_000), 1000);
        Assert.StartsWith(new string('a', 1000) + "\n", text, StringComparison.Ordinal);
        Assert.EndsWith("1,000 of 1,000,000 characters are shown.", text, StringComparison.Ordinal);
    }
}
