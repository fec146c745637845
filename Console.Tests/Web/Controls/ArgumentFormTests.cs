using System.Text.Json;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Web.Controls;

namespace OpsConsole.Tests.Web.Controls;

public sealed class ArgumentFormTests
{
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    private ArgumentForm Form() => new(new JobType
    {
        Name = "reports.generate",
        Key = "Acme.Reports.Generate(System.String,System.Int32)",
        TypeName = "Acme.Reports, Acme",
        Method = "Generate",
        Parameters =
        [
            new JobParameter("report", "System.String", """{"type":"string","maxLength":20,"description":"Which one"}""", null, false),
            new JobParameter("months", "System.Int32", """{"type":"integer","minimum":1,"maximum":24}""", "1", false),
            new JobParameter("region", "Acme.Region", """{"enum":["North","South"]}""", "\"North\"", false),
            new JobParameter("deep", "System.Boolean", """{"type":"boolean"}""", "false", false),
            new JobParameter("from", "System.DateTimeOffset", """{"type":"string","format":"date-time"}""", "null", false),
            new JobParameter("stores", "System.Int32[]", """{"type":["array","null"],"items":{"type":"integer"}}""", "null", false),
            new JobParameter("context", "OpsConsole.Jobs.JobContext", "", "null", true),
        ],
    }, _zone);

    private static ArgumentField Field(ArgumentForm form, string name) => form.Fields.Single(field => field.Name == name);

    [Fact]
    public void Each_argument_is_asked_for_as_its_schema_says()
    {
        var form = Form();
        Assert.Equal(
            [ArgumentFieldKind.Text, ArgumentFieldKind.Whole, ArgumentFieldKind.Choice, ArgumentFieldKind.Choice, ArgumentFieldKind.Moment, ArgumentFieldKind.Json],
            form.Fields.Select(field => field.Kind));
        Assert.Equal("1 to 24, 1 when left empty", Field(form, "months").Note);
        Assert.Equal(["Yes", "No"], Field(form, "deep").Choices.Select(choice => choice.Text));
    }

    [Fact]
    public void Fields_become_JSON_and_what_is_empty_is_left_out()
    {
        _zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var form = Form();
        Field(form, "report").Value = "margin <b>";
        Field(form, "months").Value = "3";
        Field(form, "deep").Value = "true";
        Field(form, "from").Value = "2026-11-20T14:32";
        Field(form, "stores").Value = "[1, 2]";
        using var json = JsonDocument.Parse(form.Check()!);
        Assert.Equal(["report", "months", "deep", "from", "stores"], json.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal("margin <b>", json.RootElement.GetProperty("report").GetString());
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 13, 32, 0, TimeSpan.Zero), json.RootElement.GetProperty("from").GetDateTimeOffset());
    }

    [Fact]
    public void A_problem_stands_at_its_field()
    {
        var form = Form();
        Field(form, "months").Value = "many";
        Assert.Null(form.Check());
        Assert.Contains("whole number", Assert.Single(form.ProblemsOf("months")), StringComparison.Ordinal);

        Field(form, "months").Value = "99";
        Assert.Null(form.Check());
        Assert.NotEmpty(form.ProblemsOf("months"));
        Assert.NotEmpty(form.ProblemsOf("report"));
        Assert.Empty(form.General);
    }

    [Fact]
    public void A_problem_inside_an_argument_stands_at_that_argument()
    {
        var form = Form();
        form.Show([new ArgumentProblem("stores[1]", "This is no number."), new ArgumentProblem("other", "There is no such parameter.")]);
        Assert.Equal("stores[1]: This is no number.", Assert.Single(form.ProblemsOf("stores")));
        Assert.Equal("other: There is no such parameter.", Assert.Single(form.General));
    }

    [Fact]
    public void Going_to_JSON_and_back_keeps_every_value()
    {
        var form = Form();
        Field(form, "report").Value = "größe \"x\"";
        Field(form, "region").Value = "\"South\"";
        Field(form, "months").Value = "12";
        Field(form, "from").Value = "2026-11-20T14:32:00";
        Field(form, "stores").Value = "[1]";
        form.ShowJson();
        Assert.Contains("\"report\": \"größe \\\"x\\\"\"", form.Json, StringComparison.Ordinal);
        Assert.True(form.ShowFields());
        Assert.Equal(["größe \"x\"", "12", "\"South\"", "", "2026-11-20T14:32:00"], form.Fields.Take(5).Select(field => field.Value));
        Assert.NotNull(form.Check());
    }

    [Fact]
    public void JSON_starts_with_what_must_be_given()
    {
        var form = Form();
        form.ShowJson();
        Assert.Equal("{\"report\":\"\"}", form.Json.Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{oops", "no valid JSON")]
    [InlineData("[1]", "JSON object by parameter name")]
    [InlineData("{\"colour\":1}", "no parameter colour")]
    [InlineData("{\"months\":{\"a\":1}}", "value of months")]
    [InlineData("{\"report\":\"\\ud800\"}", "surrogate")]
    public void JSON_that_fields_cannot_show_stays_JSON(string json, string says)
    {
        var form = Form();
        form.ShowJson();
        form.Json = json;
        Assert.False(form.ShowFields());
        Assert.True(form.IsJson);
        Assert.Equal(json, form.Json);
        Assert.Contains(says, Assert.Single(form.General), StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_that_cannot_be_read_is_asked_for_as_JSON()
    {
        var field = ArgumentField.Of(new JobParameter("odd", "Acme.Odd", "{broken", null, false));
        Assert.Equal(ArgumentFieldKind.Json, field.Kind);
    }
}
