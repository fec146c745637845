using System.Text.Json.Nodes;
using OpsConsole.Web.Operations;

namespace OpsConsole.Tests.Web.Operations;

public class JsonPatchTests
{
    private const string Document = """{"customer":41,"amount":1.10,"big":12345678901234567890.123,"list":["a","b"],"deep":{"x":{"y":null}},"a/b":1,"m~n":2}""";

    [Theory]
    [InlineData("""[{"op":"replace","path":"/customer","value":42}]""", """{"customer":42,"amount":1.10,"big":12345678901234567890.123,"list":["a","b"],"deep":{"x":{"y":null}},"a/b":1,"m~n":2}""")]
    [InlineData("""[{"op":"add","path":"/list/-","value":1.50},{"op":"add","path":"/list/0","value":"z"},{"op":"remove","path":"/deep"}]""", """{"customer":41,"amount":1.10,"big":12345678901234567890.123,"list":["z","a","b",1.50],"a/b":1,"m~n":2}""")]
    [InlineData("""[{"op":"move","from":"/list/0","path":"/deep/x/y"},{"op":"copy","from":"/a~1b","path":"/m~0n"}]""", """{"customer":41,"amount":1.10,"big":12345678901234567890.123,"list":["b"],"deep":{"x":{"y":"a"}},"a/b":1,"m~n":1}""")]
    [InlineData("""[{"op":"test","path":"/amount","value":1.1},{"op":"test","path":"/deep/x/y","value":null},{"op":"replace","path":"/list/1","value":null}]""", """{"customer":41,"amount":1.10,"big":12345678901234567890.123,"list":["a",null],"deep":{"x":{"y":null}},"a/b":1,"m~n":2}""")]
    public void A_patch_changes_what_it_names_and_no_digit_else(string patch, string expected)
    {
        var document = JsonNode.Parse(Document)!.AsObject();

        Assert.Null(JsonPatch.Parse(patch).Patch!.Apply(document));

        Assert.Equal(expected, document.ToJsonString(OpsConsole.Jobs.Protocol.JobJson.Arguments));
    }

    [Theory]
    [InlineData("""[{"op":"replace","path":"/nope","value":1}]""", "There is no /nope.")]
    [InlineData("""[{"op":"remove","path":"/deep/z/y"}]""", "There is no /deep/z.")]
    [InlineData("""[{"op":"add","path":"/customer/x","value":1}]""", "/customer is no object and no list, so that it has no /customer/x.")]
    [InlineData("""[{"op":"add","path":"/list/3","value":1}]""", "There is no /list/3: the list has 2 values.")]
    [InlineData("""[{"op":"remove","path":"/list/01"}]""", "/list/01 names a place in a list: its last part must be a number.")]
    [InlineData("""[{"op":"replace","path":"/customer","value":1},{"op":"test","path":"/customer","value":2}]""", "Step 2: /customer is not 2.")]
    public void What_does_not_apply_says_where(string patch, string fault) =>
        Assert.Equal(fault, JsonPatch.Parse(patch).Patch!.Apply(JsonNode.Parse(Document)!.AsObject()));

    [Theory]
    [InlineData("", "The patch has no step.")]
    [InlineData("{}", "A patch is a list")]
    [InlineData("[{\"op\":\"replace\",]", "This is no valid JSON: line 1, character 18.")]
    [InlineData("""[{"op":"delete","path":"/a"}]""", "Step 1: Its op must be one of")]
    [InlineData("""[{"op":"remove","path":"/a"},{"op":"add","path":"/a"}]""", "Step 2: It has no value.")]
    [InlineData("""[{"op":"remove","path":"a"}]""", "Step 1: The path 'a' does not begin with /.")]
    [InlineData("""[{"op":"remove","path":""}]""", "Step 1: The path is empty")]
    [InlineData("""[{"op":"remove","path":"/a~2"}]""", "Step 1: In the path '/a~2'")]
    [InlineData("""[{"op":"move","path":"/a/b","from":"/a"}]""", "Step 1: /a cannot be moved into itself.")]
    [InlineData("""[{"op":"copy","path":"/a"}]""", "Step 1: It has no from.")]
    [InlineData("[7]", "Step 1: It is no object")]
    public void A_wrong_patch_says_where_it_is_wrong(string text, string fault) => Assert.StartsWith(fault, JsonPatch.Parse(text).Fault, StringComparison.Ordinal);
}
