using System.Text;
using System.Text.Json;
using OpsConsole.Data.Schedules;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Schedules;
using OpsConsole.Web.Schedules.Files;

namespace OpsConsole.Tests.Web.Schedules.Files;

public class ScheduleFileReaderTests
{
    private static readonly ScheduleDefinition s_full = new()
    {
        Name = "<b>all</b> of it",
        Description = "two\nlines",
        Owner = "billing",
        Tags = ["a", "b"],
        Job = new ScheduledJob { Type = "reports.generate", Arguments = """{"month":"june","deep":[1,{"x":null}]}""", Queue = "reports" },
        When = new ScheduleTiming
        {
            TimeZone = "Europe/Paris",
            Cron = ["0 2 * * *"],
            Every = [new ScheduleInterval(60, 5), new ScheduleInterval(90)],
            At = [new DateTime(2027, 1, 2, 3, 4, 5)],
            ExceptRanges = [new ExcludedRange(new DateTime(2027, 1, 2), new DateTime(2027, 1, 3), "move")],
            ExceptCalendars = ["holidays"],
            Start = new DateTime(2027, 1, 1),
            End = new DateTime(2028, 1, 1),
            JitterSeconds = 1,
            SkippedTime = SkippedTime.Skip,
            RepeatedTime = RepeatedTime.Twice,
        },
        Overlap = OverlapPolicy.CancelOther,
        BufferLimit = 1,
        CatchUp = new CatchUp { Mode = CatchUpMode.All, WindowSeconds = 1, Limit = 1 },
        GraceSeconds = 1,
        ExpirySeconds = 1,
        MaxRuns = 9_000_000_000,
        PauseAfterFailures = 1,
        Deadline = new TimeOnly(6, 0),
    };

    [Fact]
    public void Every_member_survives_a_file()
    {
        var file = Read($$"""{"format": 1, "schedules": [{{ScheduleJson.Write(s_full)}}, {{ScheduleJson.Write(s_full, indented: true)}}]}""");

        Assert.Null(file.Fault);
        Assert.All(file.Rows, row => Assert.Equal([], row.Problems));
        Assert.All(file.Rows, row => Assert.Empty(ScheduleDifference.Between(s_full, row.Definition!)));
    }

    [Theory]
    [InlineData("alerts.json", 5)]
    [InlineData("community.json", 7)]
    [InlineData("shop.json", 3)]
    [InlineData("operations.json", 3)]
    [InlineData("backups.json", 6)]
    public void The_shipped_examples_are_sound(string name, int count)
    {
        var file = ScheduleFileReader.Read(File.ReadAllBytes(Repository.PathOf("samples/schedules/" + name)));

        Assert.Equal((null, count), (file.Fault, file.Rows.Count));
        Assert.All(file.Rows, row => Assert.DoesNotContain(ScheduleCheck.Check(row.Definition!, new CheckContext()), problem => !problem.IsWarning));
        Assert.All(file.Rows, row => Assert.NotEqual("", row.Definition!.Description));
    }

    [Theory]
    [InlineData("""[{"name": "a"}, {"name": "b"}]""", 2)]
    [InlineData("""{"schedules": []}""", 0)]
    [InlineData("""{"job": {"type": "x"}, "name": "a"}""", 1)]
    [InlineData("\uFEFF[]", 0)]
    public void A_list_alone_and_one_definition_are_files_too(string text, int rows)
    {
        var file = Read(text);

        Assert.Equal((null, rows), (file.Fault, file.Rows.Count));
    }

    [Theory]
    [InlineData("", null, null, "The file is empty")]
    [InlineData("   \n", null, null, "The file is empty")]
    [InlineData("3", 1, 1, "A file of schedules is an object")]
    [InlineData("{}", null, null, "has no list")]
    [InlineData("{\n  \"schedule\": []\n}", 2, 3, "no such member")]
    [InlineData("{\"format\": 2, \"schedules\": []}", 1, 12, "format 1")]
    [InlineData("{\"schedules\": {}}", 1, 15, "is a list")]
    [InlineData("{\"schedules\": [], \"schedules\": []}", 1, 19, "there twice")]
    [InlineData("[\n  {\"name\": \"ü\" \"job\": {}}\n]", 2, 16, "no valid JSON")]
    [InlineData("[\n  {\"name\": \"a\"},\n]", 3, 1, "no valid JSON")]
    [InlineData("[{\"name\": \"a\"}", 1, 15, "no valid JSON")]
    [InlineData("[] []", 1, 4, "no valid JSON")]
    [InlineData("[NaN]", 1, 2, "no valid JSON")]
    public void A_broken_file_is_named_by_line_and_column(string text, int? line, int? column, string message)
    {
        var file = Read(text);

        Assert.Contains(message, file.Fault?.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (file.Fault!.Line, file.Fault.Column));
    }

    [Fact]
    public void More_schedules_than_an_import_takes_are_refused()
    {
        var file = Read("[" + string.Join(',', Enumerable.Repeat("{}", ScheduleLimits.Bulk + 1)) + "]");

        Assert.Contains("more than 100,000 schedules", file.Fault?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_text_is_refused() => Assert.Contains("not UTF-8", ScheduleFileReader.Read([0x50, 0x4B, 0x03, 0x04, 0xFF, 0xFE]).Fault!.Message, StringComparison.Ordinal);

    [Fact]
    public void Each_row_names_all_of_its_faults_and_its_line()
    {
        var file = Read("""
            {
              "schedules": [
                {
                  "name": "first",
                  "crn": [],
                  "Overlap": "skip",
                  "overlap": "sometimes",
                  "job": { "type": 3, "arguments": "x", "args": {} },
                  "when": { "every": [{ "phaseSeconds": 1.5 }], "at": ["2027-01-01T00:00Z"], "start": "tomorrow" },
                  "graceSeconds": 99999999999, "tags": [null], "owner": null, "deadline": "6 o'clock", "maxRuns": null
                },
                { "name": "second", "name": "twice" },
                17,
                { "name": "half \ud800" }
              ]
            }
            """);

        Assert.Null(file.Fault);
        Assert.Equal([(1, 3, "first"), (2, 12, "second"), (3, 13, ""), (4, 14, "")], file.Rows.Select(row => (row.Row, row.Line, row.Name)));
        Assert.All(file.Rows, row => Assert.Null(row.Definition));
        Assert.Equal(
            ["", "", "overlap", "job.type", "job.arguments", "job", "when.every[0].phaseSeconds", "when.every[0].seconds", "when.at[0]", "when.start", "graceSeconds", "tags[0]", "owner", "deadline"],
            file.Rows[0].Problems.Select(problem => problem.Path));
        Assert.Contains("it is written \"overlap\"", file.Rows[0].Problems[1].Message, StringComparison.Ordinal);
        Assert.Equal("name", Assert.Single(file.Rows[1].Problems).Path);
        Assert.Equal("This is the number 17; an object is wanted here, in braces.", Assert.Single(file.Rows[2].Problems).Message);
    }

    [Fact]
    public void The_shape_knows_every_member_of_a_definition()
    {
        using var json = JsonDocument.Parse(ScheduleJson.Write(s_full));

        Assert.Equal(PathsOf(json.RootElement).Order(StringComparer.Ordinal), PathsOf(Shape.Definition, "").Order(StringComparer.Ordinal));
    }

    private static ScheduleFile Read(string text) => ScheduleFileReader.Read(Encoding.UTF8.GetBytes(text));

    private static HashSet<string> PathsOf(JsonElement json, string path = "") => json.ValueKind switch
    {
        _ when path == "job.arguments" => [path],
        JsonValueKind.Object => [.. json.EnumerateObject().SelectMany(property => PathsOf(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}"))],
        JsonValueKind.Array => [.. json.EnumerateArray().SelectMany(item => PathsOf(item, path + "[]"))],
        _ => [path],
    };

    private static IEnumerable<string> PathsOf(Shape shape, string path) => shape.Kind switch
    {
        ShapeKind.Object => shape.Members.SelectMany(member => PathsOf(member.Value, path.Length == 0 ? member.Key : $"{path}.{member.Key}")),
        ShapeKind.List => PathsOf(shape.Item!, path + "[]"),
        _ => [path],
    };
}
