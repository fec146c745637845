using System.Text;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Monitoring;

/// <summary>Any value in any place: a page may show it badly, but it is shown.</summary>
public sealed class NastyValueTests : IAsyncDisposable
{
    private static readonly RedisValue[] Nasty =
    [
        "", " ", "null", "true", "7", "-1", "1e400", "99999999999999999999", "[]", "{}", "[null]", "[[]]", "[{}]", "[1]", "[\"\"]", "\"\"", "\"x\"",
        "\"\\ud800\"", "[\"\\ud800\"]", "[\"\\\"\\\\ud800\\\"\"]", "{\"\\ud800\":1}", "[{\"JobId\":\"\\ud800\"}]", "[{\"JobId\":null}]", "{\"e\":\"\\ud800\",\"m\":1}",
        "{\"id\":\"x\",\"worker\":7}", "{\"id\":\"x\",\"worker\":{\"Pools\":\"[null]\",\"Vitals\":\"{}\"},\"Queues\":7}", "{\"by\":\"\\ud800\"}", "{\"until\":\"x\"}",
        "a:b", "a|b|c", "a|b|c|d|e|f", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "<script>alert(1)</script>", "\u202Eabc\u202C", "nul\0nul",
        new byte[] { 0xff, 0xfe, 0x00, 0xc3, 0x28 }, new string('[', 2_000), "[\"" + new string('[', 16_000) + "\"]", new string('x', 100_000), "System.String[[[", "],[", "Ns.Type`99[[",
    ];

    private readonly JobsSpace _jobs = new();

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    [Theory]
    [InlineData("State"), InlineData("Type"), InlineData("Method"), InlineData("ParameterTypes"), InlineData("Arguments"), InlineData("CreatedAt"), InlineData("Queue")]
    [InlineData("RetryCount"), InlineData("Continuations"), InlineData("ParentId"), InlineData("UniqueKey"), InlineData("Attempt"), InlineData("Fetched"), InlineData("Anything")]
    public async Task A_field_of_a_job(string field)
    {
        await _jobs.PublishAsync(SampleJobs.Published(nameof(SampleJobs.Add)));
        await EachAsync((database, id, value) => database.HashSetAsync(_jobs.Keys.Job(id), field, value));
    }

    [Theory]
    [InlineData("State"), InlineData("Reason"), InlineData("EnqueuedAt"), InlineData("Queue"), InlineData("ServerId"), InlineData("ParentId"), InlineData("Result")]
    [InlineData("ExceptionType"), InlineData("ExceptionMessage"), InlineData("ExceptionDetails"), InlineData("Exception"), InlineData("Latency"), InlineData("NextState")]
    public Task A_field_of_a_state(string field) => EachAsync((database, id, value) => database.HashSetAsync(_jobs.Keys.JobStateData(id), field, value));

    [Fact]
    public Task An_entry_of_the_history() => EachAsync((database, id, value) => database.ListRightPushAsync(_jobs.Keys.JobHistory(id), value));

    [Fact]
    public Task What_is_held_of_a_running_job() => EachAsync(async (database, id, value) =>
    {
        await database.HashSetAsync(_jobs.Keys.Job(id), "State", "Processing");
        await database.HashSetAsync(_jobs.Keys.Running, id, value);
        await database.HashSetAsync(_jobs.Keys.Cancels, id, value);
        await database.HashSetAsync(_jobs.Keys.Progress(id), [new("Percent", value), new("Text", value)]);
        await database.ListRightPushAsync(_jobs.Keys.Log(id), value);
    });

    [Fact]
    public async Task What_stands_around_the_jobs()
    {
        var database = await RedisSpace.DatabaseAsync();
        foreach (var value in Nasty)
        {
            await database.HashSetAsync(_jobs.Keys.Types, value, value);
            await database.SetAddAsync(_jobs.Keys.Queues, value);
            await database.SetAddAsync(_jobs.Keys.Servers, value);
            await database.HashSetAsync(_jobs.Keys.Paused, value, value);
            await database.SortedSetAddAsync(_jobs.Keys.Gone, value, 1);
            await database.SortedSetAddAsync(_jobs.Keys.Schedule, value, 1);
            await database.HashSetAsync(_jobs.Keys.Worker("w"), [new("Pools", value), new("Vitals", value), new("Slots", value), new("Heartbeat", value)]);
            await database.SetAddAsync(_jobs.Keys.Servers, "w");
            await database.ListLeftPushAsync(_jobs.Keys.Vitals("w"), value);
            await database.StringSetAsync(_jobs.Keys.Stats("succeeded"), value);
            await database.ExecuteAsync("XADD", _jobs.Keys.Events, "*", "e", value, "id", value, "d", value);
            _jobs.Time.Advance(TimeSpan.FromSeconds(3));

            Assert.NotEmpty((await _jobs.Inspector.GetSnapshotAsync(JobsSpace.Cancel)).Workers);
            await _jobs.Inspector.GetGoneWorkersAsync(200, JobsSpace.Cancel);
            await _jobs.Inspector.GetWorkerAsync("w", JobsSpace.Cancel);
            await _jobs.Inspector.GetVitalsAsync("w", 100, JobsSpace.Cancel);
            await _jobs.Inspector.GetJobTypesAsync(100, JobsSpace.Cancel);
        }
        Assert.NotEmpty((await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Scheduled }, JobsSpace.Cancel)).Jobs);
        Assert.NotEmpty((await _jobs.Inspector.ListJobsAsync(new JobListQuery(), JobsSpace.Cancel)).Jobs);
        Assert.Equal(Nasty.Length, (await _jobs.EventsAsync()).Count);
    }

    [Fact]
    public async Task What_a_caller_asks_for()
    {
        foreach (var value in Nasty.Append("\ud800"))
        {
            var text = (string)value! ?? "";
            await _jobs.Inspector.GetJobAsync(text, JobsSpace.Cancel);
            await _jobs.Inspector.GetJobsAsync([text], JobsSpace.Cancel);
            await _jobs.Inspector.GetWorkerAsync(text, JobsSpace.Cancel);
            await _jobs.Inspector.GetLogAsync(text, -5, 10, JobsSpace.Cancel);
            await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Enqueued, Queue = text, Type = text, After = text }, JobsSpace.Cancel);
            await _jobs.Inspector.ListJobsAsync(new JobListQuery { Queue = text, Type = text, After = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) }, JobsSpace.Cancel);
            await _jobs.Catalogue.FindAsync(text, JobsSpace.Cancel);
        }
    }

    private async Task EachAsync(Func<IDatabase, string, RedisValue, Task> spoil)
    {
        var database = await RedisSpace.DatabaseAsync();
        foreach (var value in Nasty)
        {
            var id = await _jobs.EnqueueAsync();
            await spoil(database, id, value);

            Assert.Equal(id, (await _jobs.Inspector.GetJobsAsync([id], JobsSpace.Cancel))[0].Id);
            Assert.Equal(id, (await _jobs.Inspector.GetJobAsync(id, JobsSpace.Cancel))!.Job.Id);
        }
        Assert.Equal(Nasty.Length, (await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Enqueued, Limit = 500 }, JobsSpace.Cancel)).Jobs.Count);
        await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Awaiting }, JobsSpace.Cancel);
        await _jobs.Inspector.ListJobsAsync(new JobListQuery { Limit = 500 }, JobsSpace.Cancel);
    }
}
