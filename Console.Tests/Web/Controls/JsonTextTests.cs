using OpsConsole.Web.Controls;

namespace OpsConsole.Tests.Web.Controls;

public sealed class JsonTextTests
{
    private static string Lay(string json) => string.Join('\n', JsonText.Lay(json).Lines.Select(line => new string(' ', line.Indent * 2) + (line.Key.Length > 0 ? line.Key + ": " : "") + line.Rest));

    [Fact]
    public void Objects_and_arrays_are_laid_out_one_member_to_a_line() => Assert.Equal(
        """
        {
          "report": "margin",
          "stores": [
            12,
            14
          ],
          "options": {
            "deep": true
          },
          "none": null,
          "empty": {},
          "nothing": []
        }
        """.ReplaceLineEndings("\n"),
        Lay("""{"report":"margin","stores":[12,14],"options":{"deep":true},"none":null,"empty":{},"nothing":[]}"""));

    [Theory]
    [InlineData("42", "42")]
    [InlineData("\"x\"", "\"x\"")]
    [InlineData("[]", "[]")]
    [InlineData("\"gr\\u00f6\\u00dfe\"", "\"größe\"")]
    [InlineData("\"a\\nb\"", "\"a\\nb\"")]
    public void A_single_value_is_one_line(string json, string line) => Assert.Equal(line, Lay(json));

    [Fact]
    public void An_escaped_half_character_is_shown_as_it_is_stored() => Assert.Equal("\"\\ud800\"", Lay("\"\\ud800\""));

    [Fact]
    public void What_is_not_JSON_is_shown_with_a_note()
    {
        var text = JsonText.Lay("{not json");
        Assert.Equal("{not json", Assert.Single(text.Lines).Rest);
        Assert.Contains("not valid JSON", text.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_megabyte_is_cut_with_a_note()
    {
        var text = JsonText.Lay($$"""{"a":"{{new string('x', 1024 * 1024)}}"}""");
        Assert.Contains("Cut: 64 KB of 1,024", text.Note, StringComparison.Ordinal);
        Assert.StartsWith("\"xxxx", text.Lines[1].Rest, StringComparison.Ordinal);
        Assert.True(text.Lines.Sum(line => line.Rest.Length) < 100_000);
    }

    [Fact]
    public void Many_members_are_cut_with_a_note()
    {
        var text = JsonText.Lay("[" + string.Join(',', Enumerable.Range(0, 10_000)) + "]");
        Assert.InRange(text.Lines.Count, 500, 502);
        Assert.Contains("first 500 lines", text.Note, StringComparison.Ordinal);
    }
}
