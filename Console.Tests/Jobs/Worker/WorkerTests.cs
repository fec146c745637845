using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Jobs;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Worker;

public class WorkerTests
{
    [Fact]
    public async Task A_job_runs_and_its_result_is_kept()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync();

        var id = await space.EnqueueAsync(job => job.Add(40, 2));
        var succeeded = await space.SeeAsync(JobEventKinds.Succeeded, id);

        Assert.Equal("42", await space.StateFieldAsync(id, "Result"));
        Assert.Equal(["enqueued", "processing", "succeeded"], await space.KindsAsync(id));
        Assert.Equal("OpsConsole.Tests.Jobs.Worker.ProbeJobs.Add", succeeded.Type);
        Assert.Equal("sums", succeeded.Queue);
    }

    [Fact]
    public async Task Many_jobs_by_several_workers_each_run_once()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await Task.WhenAll(space.StartAsync(), space.StartAsync(), space.StartAsync());

        var made = await space.EnqueueManyAsync([.. Enumerable.Range(0, 2_000).Select(number => new JobRequest("probe.note", $"[\"{number}\"]"))]);
        foreach (var result in made)
            await space.SeeAsync(JobEventKinds.Succeeded, result.Id);

        Assert.Equal(2_000, space.Probe.Started.Count);
        Assert.Equal(2_000, space.Probe.Started.Distinct().Count());
        Assert.True(space.Events.Where(entry => entry.Kind == "succeeded").Select(entry => entry.Worker).Distinct().Count() > 1);
    }

    [Fact]
    public async Task A_job_as_Hangfire_stores_it_runs()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync();
        string[] arguments = ["""{"id":"11111111-2222-3333-4444-555555555555","customer":"ACME <GmbH>","total":9.99,"day":1}""", "2026-11-20T19:57:03.2463840Z", "\"01:30:00\"", "1", null!, null!, null!];
        string[] types = ["OpsConsole.Tests.Jobs.Worker.Order, OpsConsole.Tests, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null", "System.DateTime, mscorlib", "System.TimeSpan, mscorlib",
            "System.Nullable`1[[System.DayOfWeek, mscorlib]], mscorlib", "System.Byte[], mscorlib", "OpsConsole.Jobs.JobContext, OpsConsole.Jobs", "System.Threading.CancellationToken, mscorlib"];
        await space.Database.HashSetAsync(space.Keys.Job("console-1"),
        [
            new("Type", "OpsConsole.Tests.Jobs.Worker.ProbeJobs, OpsConsole.Tests, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null"), new("Method", "Take"),
            new("ParameterTypes", JsonSerializer.Serialize(types)), new("Arguments", JsonSerializer.Serialize(arguments)), new("CreatedAt", "1795204680601"), new("State", "Enqueued"),
        ]);
        await space.Database.ListLeftPushAsync(space.Keys.Queue("default"), "console-1");
        await space.Database.PublishAsync(space.Keys.FetchChannel, "console-1");

        await space.SeeAsync(JobEventKinds.Succeeded, "console-1");

        Assert.Equal("ACME <GmbH> 2026-11-20 01:30:00 Monday  1 True", Assert.Single(space.Probe.Started));
    }

    [Fact]
    public async Task An_unknown_job_type_fails_at_once_and_says_what_the_worker_knows()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync();
        await SeedAsync(space, "x", "Shop.Mailer, Shop", "Send", "[\"System.String\"]", "[\"1\"]");

        var failed = await space.SeeAsync(JobEventKinds.Failed, "x");

        Assert.Equal("OpsConsole.Jobs.Worker.UnknownJobTypeException", failed.Text("error"));
        Assert.Contains("Shop.Mailer.Send(System.String)", failed.Text("message"), StringComparison.Ordinal);
        Assert.Contains("probe.add", failed.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[\"\\\"text\\\"\",\"1\"]", "Parameter 'a'")]
    [InlineData("[]", "Parameter 'a'")]
    [InlineData("[null]", "Parameter 'a'")]
    [InlineData("[\"1\",\"2\",\"3\"]", "3 arguments are stored")]
    [InlineData("{nonsense", "no JSON array")]
    public async Task Arguments_that_do_not_bind_fail_the_job_without_retries(string arguments, string told)
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync();
        await SeedAsync(space, "x", "OpsConsole.Tests.Jobs.Worker.ProbeJobs, OpsConsole.Tests", "Add", "[\"System.Int32\",\"System.Int32\"]", arguments);

        var failed = await space.SeeAsync(JobEventKinds.Failed, "x");

        Assert.Equal("OpsConsole.Jobs.Worker.ArgumentBindingException", failed.Text("error"));
        Assert.Contains(told, failed.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_job_is_tried_again_and_then_failed()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync();

        var id = await space.EnqueueAsync(job => job.Fail("broken"));
        await space.SeeAsync(JobEventKinds.Retrying, id);
        while ((await space.KindsAsync(id)).Count(kind => kind == "retrying") < 2)
            await space.SeeAsync(JobEventKinds.Processing, id);
        await space.Database.SortedSetAddAsync(space.Keys.Schedule, id, 1);
        var failed = await space.SeeAsync(JobEventKinds.Failed, id);

        Assert.Equal(3, failed.Number("attempt"));
        Assert.Equal("All 2 retries were used.", failed.Text("reason"));
        Assert.Equal("2", await space.FieldAsync(id, "RetryCount"));
        Assert.Equal(["enqueued", "processing", "retrying", "enqueued", "processing", "retrying", "enqueued", "processing", "failed"], await space.KindsAsync(id));
    }

    [Fact]
    public async Task A_pool_serves_its_own_queues_only()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var mine = await space.NoteAsync("mine", "mine");
        var other = await space.NoteAsync("other", "other");

        await space.StartAsync(options => options.Pools.Add(new PoolOptions { Slots = 1, Queues = { "mine" } }));
        await space.SeeAsync(JobEventKinds.Succeeded, mine);

        Assert.Equal([other], await space.QueueAsync("other"));
    }

    [Fact]
    public async Task A_blocked_pool_does_not_hold_up_another()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync(options =>
        {
            options.Pools.Add(new PoolOptions { Name = "slow", Slots = 1, Queues = { "slow" } });
            options.Pools.Add(new PoolOptions { Name = "fast", Slots = 1, Queues = { "fast" } });
        });
        var slow = await space.EnqueueAsync(job => job.Wait("g", CancellationToken.None), new EnqueueOptions { Queue = "slow" });
        await space.SeeAsync(JobEventKinds.Processing, slow);

        await space.SeeAsync(JobEventKinds.Succeeded, await space.NoteAsync("x", "fast"));
        space.Probe.Gate("g").SetResult();
        await space.SeeAsync(JobEventKinds.Succeeded, slow);
    }

    [Fact]
    public async Task Jobs_that_hold_their_threads_hold_up_neither_renewals_nor_other_pools()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var worker = await space.StartAsync(options =>
        {
            options.RenewSeconds = 0.2;
            options.Pools.Add(new PoolOptions { Name = "blocking", Slots = 40, Queues = { "blocking" } });
            options.Pools.Add(new PoolOptions { Name = "other", Slots = 1, Queues = { "default" } });
        });
        await space.EnqueueManyAsync([.. Enumerable.Repeat(new JobRequest("probe.block", "[]"), 40)]);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (space.Probe.Started.Count < 40)
            await Task.Delay(5, limit.Token);

        await space.SeeAsync(JobEventKinds.Succeeded, await space.NoteAsync("through"));
        while ((int?)await space.Database.HashGetAsync(space.Keys.Worker(worker.Id), "Busy") < 40)
            await Task.Delay(5, limit.Token);
        space.Probe.Block.Set();
    }

    [Fact]
    public void A_host_takes_one_worker_and_says_so()
    {
        var services = new ServiceCollection().AddJobWorker(worker => worker.AddJobs<ProbeJobs>());

        Assert.Contains("AddJobWorker was called twice", Assert.Throws<InvalidOperationException>(() => services.AddJobWorker(worker => worker.AddJobs<ProbeJobs>())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_publishes_its_record_its_job_types_and_their_schemas()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var worker = await space.StartAsync();

        var type = await new JobCatalogue(space.Redis, TimeProvider.System).FindAsync("probe.add", TestContext.Current.CancellationToken);

        Assert.Equal("OpsConsole.Tests.Jobs.Worker.ProbeJobs.Add(System.Int32,System.Int32)", type!.Key);
        Assert.Equal("OpsConsole.Tests.Jobs.Worker.ProbeJobs, OpsConsole.Tests", type.TypeName);
        Assert.Equal("sums", type.Queue);
        Assert.Equal("1.2.3", type.Version);
        using var schema = JsonDocument.Parse(type.Parameters[0].SchemaJson);
        Assert.Equal("integer", schema.RootElement.GetProperty("type").GetString());
        Assert.Equal(100, schema.RootElement.GetProperty("maximum").GetDouble());
        Assert.Equal("2", type.Parameters[1].DefaultJson);
        Assert.True(await space.Database.SetContainsAsync(space.Keys.Servers, worker.Id));
        Assert.Equal(Environment.MachineName, (string?)await space.Database.HashGetAsync(space.Keys.Worker(worker.Id), "Host"));
        Assert.Equal("1.2.3", (await space.SeeAsync(JobEventKinds.WorkerStarted, worker.Id)).Text("version"));
    }

    [Fact]
    public async Task A_worker_whose_record_is_gone_announces_itself_again()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var worker = await space.StartAsync(options => options.RenewSeconds = 0.2);
        await space.Database.KeyDeleteAsync([space.Keys.Server(worker.Id), space.Keys.Servers, space.Keys.Types]);

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await space.Database.SetContainsAsync(space.Keys.Servers, worker.Id))
            await Task.Delay(10, limit.Token);

        Assert.True(await space.Database.KeyExistsAsync(space.Keys.Types));
        Assert.Single(await space.KindsAsync(worker.Id), "worker-started");
    }

    [Fact]
    public async Task Vitals_are_kept_with_the_worker()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var worker = await space.StartAsync();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        RedisValue json;
        while ((json = await space.Database.ListGetByIndexAsync(space.Keys.Vitals(worker.Id), 0)).IsNull)
            await Task.Delay(10, limit.Token);
        var vitals = JsonSerializer.Deserialize<WorkerVitals>((string)json!, JobJson.Records)!;

        Assert.True(vitals.WorkingSetBytes > 1_000_000);
        Assert.True(vitals.Threads > 0);
        Assert.True(vitals.HeapBytes > 0);
    }

    [Fact]
    public async Task Progress_and_log_lines_are_there_before_the_job_ends()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync();

        var id = await space.EnqueueAsync(job => job.Report(null!));
        await space.SeeAsync(JobEventKinds.Succeeded, id);

        var kinds = await space.KindsAsync(id);
        Assert.Equal("succeeded", kinds[^1]);
        Assert.InRange(kinds.Count(kind => kind == "progress"), 1, 5);
        Assert.Equal("100", (string?)await space.Database.HashGetAsync(space.Keys.Progress(id), "Percent"));
        Assert.Equal("row 1000", (string?)await space.Database.HashGetAsync(space.Keys.Progress(id), "Text"));
        var lines = (await space.Database.ListRangeAsync(space.Keys.Log(id))).Select(line => JsonDocument.Parse((string)line!).RootElement).ToArray();
        Assert.Equal(["first <b>", "second"], lines.Select(line => line.GetProperty("text").GetString()));
        Assert.Equal("warning", lines[1].GetProperty("level").GetString());
        Assert.True(lines[0].GetProperty("at").GetInt64() > 0);
    }

    private static async Task SeedAsync(WorkerSpace space, string id, string type, string method, string parameterTypes, string arguments)
    {
        await space.Database.HashSetAsync(space.Keys.Job(id), [new("Type", type), new("Method", method), new("ParameterTypes", parameterTypes), new("Arguments", arguments), new("State", "Enqueued")]);
        await space.Database.ListLeftPushAsync(space.Keys.Queue("default"), id);
        await space.Database.PublishAsync(space.Keys.FetchChannel, id);
    }
}
