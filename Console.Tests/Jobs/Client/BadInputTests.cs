using System.Text.Json;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Jobs.Client;

public sealed class BadInputTests : IAsyncDisposable
{
    // Attributes are stored as UTF-8, which cannot carry half of a pair: tests put it in for this mark.
    private const string LoneSurrogate = "LONE";
    private readonly JobsSpace _jobs = new();

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    [Theory]
    [InlineData("""{"number":"7"}""", "number", "a whole number")]
    [InlineData("""{"number":7.5,"text":""}""", "number", "a whole number")]
    [InlineData("""{"number":99999999999,"text":""}""", "number", "2147483647")]
    [InlineData("""{"number":7}""", "text", "required")]
    [InlineData("""{"number":7,"text":null}""", "text", "null")]
    [InlineData("""{"number":7,"text":"","colour":1}""", "colour", "no parameter")]
    [InlineData("""{"number":7,"NUMBER":8,"text":""}""", "NUMBER", "twice")]
    [InlineData("""[7,"x",9]""", "", "3 arguments")]
    [InlineData("""{"number":""", "", "no valid JSON")]
    [InlineData("7", "", "object by name")]
    [InlineData("""{"number":7,"text":"\ud83d"}""", "text", "surrogate")]
    [InlineData("""{"number":7,"text":"","\ud83d":1}""", "", "surrogate")]
    public async Task Arguments_that_do_not_fit_are_refused_with_their_place(string json, string path, string part)
    {
        var result = await EnqueueAsync("sample.add", json);

        Assert.Equal(EnqueueOutcome.BadArguments, result.Outcome);
        Assert.Contains(result.Problems, problem => problem.Path == path && problem.Message.Contains(part, StringComparison.Ordinal));
        Assert.Empty(await _jobs.QueueAsync("default"));
    }

    [Theory]
    [InlineData("""{"order":{"Id":"x","Lines":[]}}""", "order.Id", "GUID")]
    [InlineData("""{"order":{"Id":"11111111-2222-3333-4444-555555555555","Lines":[{"Product":"p","Amount":"two","Price":1}]}}""", "order.Lines[0].Amount", "whole number")]
    [InlineData("""{"order":{"Id":"11111111-2222-3333-4444-555555555555","Lines":[],"Colour":"Blue"}}""", "order.Colour", "Red, Green")]
    [InlineData("""{"order":{"Lines":[]}}""", "order.Id", "required")]
    public async Task Faults_inside_an_object_carry_their_path(string json, string path, string part)
    {
        var result = await EnqueueAsync("sample.order", json);

        Assert.Contains(result.Problems, problem => problem.Path == path && problem.Message.Contains(part, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"order":{"Id":"11111111-2222-3333-4444-555555555555","Lines":[]}}""")]
    [InlineData("""{"Order":{"id":"11111111-2222-3333-4444-555555555555","lines":[],"colour":"Green","due":"2026-11-20T10:00:00Z"},"copies":2}""")]
    [InlineData("""[{"Id":"11111111-2222-3333-4444-555555555555","Lines":[]}]""")]
    [InlineData("""[{"Id":"11111111-2222-3333-4444-555555555555","Lines":[]},null,null,2]""")]
    public async Task Arguments_that_fit_are_taken_by_name_and_by_position(string json)
    {
        var result = await EnqueueAsync("sample.order", json);

        Assert.True(result.IsCreated, result.Message);
        var job = await _jobs.Inspector.GetJobAsync(result.Id, TestContext.Current.CancellationToken);
        Assert.Equal(["order", "context", "cancel", "copies"], job!.Job.Arguments.Select(argument => argument.Name));
        Assert.Equal("null", job.Job.Arguments[1].Json);
        Assert.Equal("orders", job.Job.Queue);
    }

    [Theory]
    [InlineData("<script>alert('x')</script><img src=x onerror=alert(1)>")]
    [InlineData("\u202Eevil\u202C שלום عالم")]
    [InlineData("one\nline\ttab \"quote\" \\ back")]
    [InlineData("🦆 and \u0001 and \u007f")]
    [InlineData("nul \u0000 inside")]
    public async Task Strange_but_sound_text_comes_back_as_it_was(string text)
    {
        var result = await EnqueueAsync("sample.add", JsonSerializer.Serialize(new { number = 1, text }));

        Assert.True(result.IsCreated, result.Message);
        var job = await _jobs.Inspector.GetJobAsync(result.Id, TestContext.Current.CancellationToken);
        Assert.Equal(text, JsonSerializer.Deserialize<string>(job!.Job.Arguments[1].Json));
    }

    [Fact]
    public async Task A_megabyte_of_argument_is_refused_and_shown_when_someone_else_stored_it()
    {
        var result = await EnqueueAsync("sample.add", JsonSerializer.Serialize(new { number = 1, text = new string('x', 1_048_576) }));
        Assert.Equal(EnqueueOutcome.TooLarge, result.Outcome);
        Assert.Contains("262,144", result.Message);

        var id = await _jobs.EnqueueAsync();
        var stored = JsonSerializer.Serialize(new[] { "1", JsonSerializer.Serialize(new string('x', 1_048_576)) });
        await (await RedisSpace.DatabaseAsync()).HashSetAsync(_jobs.Keys.Job(id), "Arguments", stored);
        var row = (await _jobs.Inspector.GetJobsAsync([id], TestContext.Current.CancellationToken))[0];
        var job = await _jobs.Inspector.GetJobAsync(id, TestContext.Current.CancellationToken);

        Assert.Empty(row.Arguments);
        Assert.Equal(stored.Length, row.ArgumentBytes);
        Assert.Empty(row.Defects);
        Assert.Equal(1_048_578, job!.Job.Arguments[1].Json.Length);
    }

    [Theory]
    [InlineData("id", "has space")]
    [InlineData("id", "a:b")]
    [InlineData("id", "nul\0")]
    [InlineData("id", LoneSurrogate)]
    [InlineData("queue", "Upper")]
    [InlineData("queue", "<b>")]
    [InlineData("queue", "")]
    [InlineData("uniqueKey", LoneSurrogate)]
    [InlineData("uniqueKey", "nul\0")]
    [InlineData("reason", LoneSurrogate)]
    [InlineData("reason", "nul\0")]
    [InlineData("parentId", LoneSurrogate)]
    public async Task Options_that_cannot_be_stored_are_refused_by_name(string field, string text)
    {
        text = Surrogate(text);
        var options = new EnqueueOptions
        {
            Id = field == "id" ? text : null,
            Queue = field == "queue" ? text : null,
            UniqueKey = field == "uniqueKey" ? text : null,
            Reason = field == "reason" ? text : null,
            ParentId = field == "parentId" ? text : null,
        };

        var result = await _jobs.Client.EnqueueAsync<SampleJobs>(jobs => jobs.Add(1, ""), options, cancel: JobsSpace.Cancel);

        Assert.Equal((EnqueueOutcome.BadArguments, ""), (result.Outcome, result.Id));
        Assert.Equal(field, Assert.Single(result.Problems).Path);
        Assert.DoesNotContain('\0', result.Message);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_in_the_argument_of_a_call_is_refused_as_in_JSON()
    {
        var text = Surrogate(LoneSurrogate);

        var plain = await _jobs.Client.EnqueueAsync<SampleJobs>(jobs => jobs.Add(1, text), cancel: JobsSpace.Cancel);
        var inside = await _jobs.Client.EnqueueAsync<SampleJobs>(jobs => jobs.TakeAsync(new Order(Guid.Empty, new[] { new Line(text, 1, 1) }, Colour.Red, null), null!, default, 1), cancel: JobsSpace.Cancel);

        Assert.Equal((EnqueueOutcome.BadArguments, "text"), (plain.Outcome, Assert.Single(plain.Problems).Path));
        Assert.Equal((EnqueueOutcome.BadArguments, "order"), (inside.Outcome, Assert.Single(inside.Problems).Path));
    }

    [Theory]
    [InlineData("Arguments", "[]")]
    [InlineData("Note", "{")]
    [InlineData("Note", LoneSurrogate)]
    [InlineData("", "1")]
    public async Task A_job_parameter_must_not_be_a_field_of_the_layout_and_must_be_JSON(string name, string json)
    {
        var result = await _jobs.Client.EnqueueAsync<SampleJobs>(jobs => jobs.Add(1, ""), new EnqueueOptions { Parameters = new Dictionary<string, string> { [name] = Surrogate(json) } }, cancel: JobsSpace.Cancel);

        Assert.Equal(EnqueueOutcome.BadArguments, result.Outcome);
    }

    [Fact]
    public async Task Job_parameters_are_kept()
    {
        var id = await _jobs.EnqueueAsync(new EnqueueOptions { Parameters = new Dictionary<string, string> { ["Note"] = "\"<b>hello</b>\"", ["Depth"] = "[1,{}]" } });

        var job = await _jobs.Inspector.GetJobAsync(id, TestContext.Current.CancellationToken);
        Assert.Equal("\"<b>hello</b>\"", job!.Parameters["Note"]);
        Assert.Equal("[1,{}]", job.Parameters["Depth"]);
    }

    [Theory]
    [InlineData("<script>")]
    [InlineData("nul\0")]
    [InlineData(LoneSurrogate)]
    [InlineData("")]
    public async Task A_strange_type_name_is_an_unknown_type(string name) =>
        Assert.Equal(EnqueueOutcome.UnknownType, (await EnqueueAsync(Surrogate(name), "{}")).Outcome);

    private static string Surrogate(string text) => text.Replace(LoneSurrogate, "a\uD83Db", StringComparison.Ordinal);

    private async Task<EnqueueResult> EnqueueAsync(string type, string json)
    {
        await _jobs.PublishAsync(SampleJobs.Published(nameof(SampleJobs.Add)), SampleJobs.Published(nameof(SampleJobs.TakeAsync)));
        return await _jobs.Client.EnqueueAsync(type, json, cancel: TestContext.Current.CancellationToken);
    }
}
