using OpsConsole.Jobs.Monitoring;
using OpsConsole.Web.Jobs;

namespace OpsConsole.Tests.Web.Jobs;

public sealed class JobOriginTests
{
    private const string Id = "01a1fbd6-306e-7e5f-9663-90be82058ded";

    [Fact]
    public void A_job_names_the_schedule_that_made_it() =>
        Assert.Equal(new JobOrigin(Guid.Parse(Id), "Daily <b>backup</b>"), OriginOf(("ScheduleId", $"\"{Id}\""), ("ScheduleName", "\"Daily <b>backup</b>\"")));

    [Fact]
    public void Without_a_name_the_id_stands_for_it() => Assert.Equal(Id, OriginOf(("ScheduleId", $"\"{Id}\""))!.ScheduleName);

    [Theory]
    [InlineData("{")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("\"javascript:alert(1)\"")]
    public void What_is_no_id_names_no_schedule(string stored) => Assert.Null(OriginOf(("ScheduleId", stored), ("ScheduleName", "\"x\"")));

    private static JobOrigin? OriginOf(params (string Name, string Json)[] parameters) => JobOrigin.Of(new JobDetails
    {
        Job = new JobRecord { Id = "1", Name = "reports.generate", State = OpsConsole.Jobs.Protocol.JobState.Failed },
        Parameters = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Json),
    });
}
