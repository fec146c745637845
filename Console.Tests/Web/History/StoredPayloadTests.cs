using System.Text;
using System.Text.Json;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Web.History;

namespace OpsConsole.Tests.Web.History;

public class StoredPayloadTests
{
    private bool _isRedacted;
    private bool _isCut;

    [Theory]
    [InlineData("password"), InlineData("NewPassword"), InlineData("api_key"), InlineData("x-api-key"), InlineData("refreshToken"), InlineData("clientSecret"), InlineData("Authorization")]
    public void A_field_that_is_named_like_a_secret_is_left_out_wherever_it_stands(string name)
    {
        var whole = Arguments(("order", $$$"""{"id":1,"lines":[{"{{{name}}}":{"a":["deep"]}}],"note":"kept"}"""), (name, "\"plain\""));

        Assert.Equal($$$"""{"order":{"id":1,"lines":[{"{{{name}}}":"[secret]"}],"note":"kept"},"{{{name}}}":"[secret]"}""", whole);
        Assert.True(_isRedacted);
    }

    [Theory]
    [InlineData("tokenCount"), InlineData("pinned"), InlineData("customer"), InlineData("bookie")]
    public void Other_fields_stay_as_they_are(string name)
    {
        Assert.Equal($$$"""{"{{{name}}}":{"{{{name}}}" : 1.50}}""", Arguments((name, $$$"""{"{{{name}}}" : 1.50}""")));
        Assert.False(_isRedacted);
    }

    [Fact]
    public void Operators_choose_the_names()
    {
        var payload = new StoredPayload(new HistoryOptions { SecretFields = "birth-date, tax*" });

        Assert.Equal("""{"birthDate":"[secret]","taxNumber":"[secret]","password":1}""",
            payload.Arguments([new("birthDate", "", "1"), new("taxNumber", "", "2"), new("password", "", "1")], ref _isRedacted, ref _isCut));
    }

    [Fact]
    public void A_long_argument_is_cut_and_short_ones_beside_it_stay_whole()
    {
        var json = Arguments(("customer", "42"), ("text", JsonSerializer.Serialize(new string('ä', 20_000))), ("list", $"[{string.Join(',', Enumerable.Range(0, 9_000))}]"))!;

        var root = JsonDocument.Parse(json).RootElement;
        Assert.True(_isCut);
        Assert.Equal(42, root.GetProperty("customer").GetInt32());
        Assert.StartsWith("ääää", root.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("…", root.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("[0,1,2,", root.GetProperty("list").GetString(), StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(json), 8_000, 16_384);
    }

    [Theory]
    [InlineData("not json"), InlineData("{\"a\":"), InlineData("\"\\ud800\"")]
    public void A_result_that_is_no_JSON_is_a_text(string text) => JsonDocument.Parse(Payload.Result(text, ref _isRedacted, ref _isCut)!);

    [Fact]
    public void What_is_cut_has_lost_its_secrets_before()
    {
        var result = Payload.Result($$"""{"password":"hunter2","rest":"{{new string('x', 50_000)}}"}""", ref _isRedacted, ref _isCut)!;

        Assert.DoesNotContain("hunter2", result, StringComparison.Ordinal);
        Assert.InRange(result.Length, 8_000, 16_384);
        Assert.True(_isRedacted && _isCut);
    }

    [Fact]
    public void A_cut_falls_between_two_characters()
    {
        Assert.Equal("😀…", CutText.To("😀😀", 7, ref _isCut));
        Assert.Equal("😀😀", CutText.To("😀😀", 8, ref _isCut));
        Assert.Equal("…", CutText.To("😀😀", 5, ref _isCut));
    }

    private static StoredPayload Payload => new(new HistoryOptions());

    private string? Arguments(params (string Name, string Json)[] arguments) =>
        Payload.Arguments([.. arguments.Select(argument => new JobArgument(argument.Name, "", argument.Json))], ref _isRedacted, ref _isCut);
}
