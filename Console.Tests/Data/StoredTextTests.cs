using System.Text.RegularExpressions;
using OpsConsole.Data;

namespace OpsConsole.Tests.Data;

public class StoredTextTests
{
    [Theory]
    [InlineData("plain", 10, "plain")]
    [InlineData("exactly10!", 10, "exactly10!")]
    [InlineData("eleven char", 10, "eleven ch…")]
    [InlineData(@"a\0b", 10, @"a\uFFFDb")]
    [InlineData(@"\uD83D", 10, @"\uFFFD")]
    [InlineData(@"\uDE00\uD83D", 10, @"\uFFFD\uFFFD")]
    [InlineData(@"12345678\uD83D\uDE00", 10, @"12345678\uD83D\uDE00")]
    [InlineData(@"12345678\uD83D\uDE00x", 10, "12345678…")]
    [InlineData("", 0, "")]
    public void Text_becomes_storable_and_no_longer_than_allowed(string text, int most, string expected) =>
        Assert.Equal(Regex.Unescape(expected), StoredText.Clean(Regex.Unescape(text), most));

    [Fact]
    public void Nothing_stays_nothing() => Assert.Null(StoredText.Clean(null, 10));
}
