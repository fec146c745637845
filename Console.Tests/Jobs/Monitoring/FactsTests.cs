using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Jobs.Monitoring;

public sealed class FactsTests : IAsyncDisposable
{
    private readonly JobsSpace _jobs = new();

    private JobFactsReader Reader => new(_jobs.Space.Redis, _jobs.Catalogue);

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    [Fact]
    public async Task Each_attempt_of_a_job_has_the_facts_of_its_own_end()
    {
        await _jobs.PublishAsync(SampleJobs.Published(nameof(SampleJobs.Add)));
        var id = await _jobs.EnqueueAsync(new EnqueueOptions { Tags = ["acme", "month", "acme"] });
        await WriteAsync(id, """{"State":"Enqueued","EnqueuedAt":"1000","CreatedAt":"1000"}""", Start(1_500, "w:1:a"), Failed(2_000, "first"), Scheduled(2_000),
            """{"State":"Enqueued","EnqueuedAt":"3000","CreatedAt":"3000"}""", Start(3_500, "w:1:b"), Failed(4_000, "second"));
        await (await RedisSpace.DatabaseAsync()).HashSetAsync(_jobs.Keys.Job(id), "Attempt", 2);

        var facts = await ReadAsync((id, 2_000, JobEventKinds.Retrying), (id, 4_000, JobEventKinds.Failed));

        Assert.Equal([(1, 1_000L, 1_500L, "w:1:a", "first"), (2, 3_000L, 3_500L, "w:1:b", "second")],
            facts.Select(one => (one.Attempt, one.EnqueuedAt!.Value.ToUnixTimeMilliseconds(), one.StartedAt!.Value.ToUnixTimeMilliseconds(), one.Worker, one.ErrorMessage!)));
        Assert.All(facts, one => Assert.Equal(("sample.add", "number=1,text=\"text\"", "acme,month"), (one.Name, string.Join(',', one.Arguments.Select(a => $"{a.Name}={a.Json}")), string.Join(',', one.Tags))));
    }

    [Fact]
    public async Task An_event_that_was_written_a_little_after_its_entry_still_has_its_facts()
    {
        var id = await _jobs.EnqueueAsync();
        await WriteAsync(id, Start(1_500, "w"), Failed(2_000, "first"), Scheduled(2_000), Start(2_002, "w"), Failed(2_004, "second"));

        var facts = await ReadAsync((id, 2_001, JobEventKinds.Retrying), (id, 2_006, JobEventKinds.Failed), (id, 5_000, JobEventKinds.Failed), (id, 1_999, JobEventKinds.Failed));

        Assert.Equal(["first", "second", null, null], facts.Select(one => one.ErrorMessage));
    }

    [Fact]
    public async Task A_job_that_is_gone_has_none()
    {
        var facts = Assert.Single(await ReadAsync(("never-there", 2_000, JobEventKinds.Succeeded)));

        Assert.Equal((null, 0, 0, null, false), (facts.Name, facts.Arguments.Count, facts.Attempt, facts.StartedAt, facts.EndTooLong));
    }

    [Fact]
    public async Task Large_ones_come_in_several_calls_and_none_is_left_out()
    {
        var ids = new List<string>();
        foreach (var number in Enumerable.Range(1, 12))
        {
            var id = await _jobs.EnqueueAsync(number: number);
            await WriteAsync(id, Start(1_500, "w"), Failed(2_000, new string('x', 900_000) + number));
            ids.Add(id);
        }

        var facts = await ReadAsync([.. ids.Select(id => (id, 2_000L, JobEventKinds.Failed))]);

        Assert.Equal(Enumerable.Range(1, 12).Select(number => $"x{number}"), facts.Select(one => one.ErrorMessage![899_999..]));
    }

    [Fact]
    public async Task An_end_that_is_too_long_is_said_to_be()
    {
        var id = await _jobs.EnqueueAsync();
        await WriteAsync(id, Start(1_500, "w"), Failed(2_000, new string('x', 1_100_000)));

        var facts = Assert.Single(await ReadAsync((id, 2_000, JobEventKinds.Failed)));

        Assert.Equal((true, null), (facts.EndTooLong, facts.ErrorMessage));
        Assert.NotNull(facts.StartedAt);
    }

    [Theory]
    [InlineData("not json"), InlineData("[1,2"), InlineData("{\"a\":1}"), InlineData("\"\\ud800\""), InlineData("[\"\\ud800\",null,{}]")]
    public async Task Nonsense_of_strangers_costs_only_itself(string nonsense)
    {
        var id = await _jobs.EnqueueAsync();
        var database = await RedisSpace.DatabaseAsync();
        foreach (var field in (string[])["ParentId", "ScheduleId", "ScheduledFor", "ScheduleOwner", "Tags", "Attempt", "CreatedAt", "Arguments"])
            await database.HashSetAsync(_jobs.Keys.Job(id), field, nonsense);
        await WriteAsync(id, nonsense, Start(1_500, "w"), Failed(2_000, "m"), nonsense);

        Assert.Equal("m", Assert.Single(await ReadAsync((id, 2_000, JobEventKinds.Failed))).ErrorMessage);
    }

    [Fact]
    public async Task Keys_of_another_type_cost_only_themselves()
    {
        var database = await RedisSpace.DatabaseAsync();
        await database.StringSetAsync(_jobs.Keys.Job("odd"), "text");
        await database.StringSetAsync(_jobs.Keys.JobHistory("odd"), "text");

        Assert.Null(Assert.Single(await ReadAsync(("odd", 2_000, JobEventKinds.Failed))).ErrorMessage);
    }

    private Task<IReadOnlyList<JobFacts>> ReadAsync(params (string Id, long Ms, string Kind)[] ends) =>
        Reader.ReadAsync([.. ends.Select(end => new AttemptEnd(end.Id, DateTimeOffset.FromUnixTimeMilliseconds(end.Ms), end.Kind))], JobsSpace.Cancel);

    private async Task WriteAsync(string id, params string[] history)
    {
        var database = await RedisSpace.DatabaseAsync();
        await database.KeyDeleteAsync(_jobs.Keys.JobHistory(id));
        await database.ListRightPushAsync(_jobs.Keys.JobHistory(id), [.. history.Select(entry => (StackExchange.Redis.RedisValue)entry)]);
    }

    private static string Start(long ms, string worker) => $$"""{"StartedAt":"{{ms}}","ServerId":"{{worker}}","WorkerId":"t","State":"Processing","Reason":null,"CreatedAt":"{{ms}}"}""";

    private static string Failed(long ms, string message) => $$"""{"State":"Failed","FailedAt":"{{ms}}","ExceptionType":"E","ExceptionMessage":"{{message}}","ExceptionDetails":"d","CreatedAt":"{{ms}}"}""";

    private static string Scheduled(long ms) => $$"""{"State":"Scheduled","CreatedAt":"{{ms}}"}""";
}
