using OpsConsole.Data.History.Search;
using OpsConsole.Web.Jobs.Search;

namespace OpsConsole.Tests.Web.Jobs.Search;

public class TypedWordTests
{
    [Theory]
    [InlineData("state:failed worker:we|b", "worker:we", "worker", "worker:", "we")]
    [InlineData("-queue:te|", "queue:te", "queue", "queue:", "te")]
    [InlineData("(type:rep|", "type:rep", "type", "type:", "rep")]
    [InlineData("run>=3|", "run>=3", "run", "run>=", "3")]
    [InlineData("state:failed,del|", "state:failed,del", "state", "state:failed,", "del")]
    [InlineData("schedule:\"Night re|", "schedule:\"Night re", "schedule", "schedule:", "Night re")]
    [InlineData("\"a: b|", "\"a: b", null, "", "a: b")]
    [InlineData("time|out", "time", null, "", "time")]
    [InlineData("a |", "", null, "", "")]
    public void The_word_at_the_cursor_is_found(string typed, string text, string? name, string before, string value)
    {
        var caret = typed.IndexOf('|', StringComparison.Ordinal);
        var word = TypedWord.At(typed.Remove(caret, 1), caret);
        Assert.Equal((text, name, before, value), (word.Text, word.Name, word.Before, word.Value));
        Assert.Equal(caret == typed.Length - 1, word.IsLast);
    }

    [Fact]
    public void A_path_into_the_arguments_is_of_their_field() => Assert.Equal(QueryField.Args, TypedWord.At("args.customer:4", 15).Field!.Field);
}
