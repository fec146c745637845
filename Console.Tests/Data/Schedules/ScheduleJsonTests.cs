using System.Text.Json;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Data.Schedules;

public class ScheduleJsonTests
{
    [Fact]
    public void What_has_its_default_is_left_out()
    {
        var definition = Some.Definition("nightly") with { GraceSeconds = 0, Overlap = OverlapPolicy.BufferAll, Deadline = new TimeOnly(6, 0) };

        Assert.Equal("""
            {"name":"nightly","owner":"platform","tags":["nightly"],"job":{"type":"reports.generate","arguments":{"day":"today"},"queue":"reports"},"when":{"timeZone":"Europe/Paris","cron":["0 3 * * *"]},"overlap":"bufferAll","graceSeconds":0,"deadline":"06:00"}
            """.Trim(), ScheduleJson.Write(definition));
    }

    [Theory]
    [InlineData("""{"nmae":"x"}""", "nmae")]
    [InlineData("""{"name":"a","name":"b"}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"tags":["a",null]}""", "tags[1]")]
    [InlineData("""{"overlap":"sometimes"}""", "overlap")]
    [InlineData("""{"overlap":3}""", "overlap")]
    [InlineData("""{"when":{"at":["2026-01-01T00:00:00Z"]}}""", "at[0]")]
    [InlineData("null", "$")]
    public void A_file_with_what_does_not_belong_there_is_refused_with_its_place(string json, string place)
    {
        var error = Assert.ThrowsAny<JsonException>(() => ScheduleJson.ReadStrictly(json));

        Assert.Contains(place, error.Path + error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"b":1,"a":[1.0,1e3],"odd":"\u0000\ud83d <b>"}""")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("\"text\"")]
    public void Arguments_come_back_token_by_token(string arguments)
    {
        var definition = Some.Definition() with { Job = new ScheduledJob { Type = "t", Arguments = arguments } };

        Assert.Equal(arguments, ScheduleJson.Read(ScheduleJson.Write(definition)).Job.Arguments);
        Assert.Equal(arguments, ScheduleJson.ReadStrictly(ScheduleJson.Write(definition, indented: true)).Job.Arguments);
    }
}
