using OpsConsole.Data;

namespace OpsConsole.Tests.Data;

public class StoredJsonTests
{
    [Theory]
    [InlineData("""{"a":[1,2.5,-3e10,true,null,"é"]}""", """{"a":[1,2.5,-3e10,true,null,"é"]}""")]
    [InlineData("""["😀"]""", """["\uD83D\uDE00"]""")]
    [InlineData("""{"a":"\u00e9\n"}""", """{"a":"é\n"}""")]
    [InlineData("""{"k\u0000":"v\u0000"}""", "{\"k\uFFFD\":\"v\uFFFD\"}")]
    [InlineData("""["\ud800"]""", """["\\ud800"]""")]
    [InlineData("""[1e401, 1]""", """["1e401",1]""")]
    [InlineData("""[1e99999999999]""", """["1e99999999999"]""")]
    [InlineData("""{"a":""", "\"{\\u0022a\\u0022:\"")]
    [InlineData("", "\"\"")]
    public void Text_becomes_storable_and_loses_nothing_else(string text, string stored) => Assert.Equal(stored, StoredJson.Clean(text, 1_000));

    [Fact]
    public void What_is_nested_too_deeply_is_stored_as_text() =>
        Assert.StartsWith("\"[[[[", StoredJson.Clean(new string('[', 5_000) + new string(']', 5_000), 20_000), StringComparison.Ordinal);

    [Fact]
    public void What_is_too_long_is_stored_as_text_that_is_cut() => Assert.Equal("\"[1,1\\u2026\"", StoredJson.Clean("[1,1,1,1]", 5));
}
