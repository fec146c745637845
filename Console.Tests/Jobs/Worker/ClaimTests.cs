using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Worker;

public class ClaimTests
{
    [Fact]
    public async Task Many_running_jobs_make_their_sorted_sets_skip_lists_and_leave_nothing_else_there()
    {
        await using var space = await WorkerSpace.OpenAsync();
        for (var i = 0; i < 40; i++)
            await space.NoteAsync("x");

        var jobs = await space.Fake().ClaimAsync(40, "default");

        foreach (var key in (string[])[space.Keys.Leases, space.Keys.Processing])
        {
            Assert.Equal("skiplist", (string?)await space.Database.ExecuteAsync("OBJECT", "ENCODING", key));
            Assert.Equal(jobs.Select(job => job.Id).Order(StringComparer.Ordinal), (await space.Database.SortedSetRangeByRankAsync(key)).Select(id => (string)id!).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Jobs_leave_a_queue_in_the_order_they_came()
    {
        await using var space = await WorkerSpace.OpenAsync();
        string[] ids = [await space.NoteAsync("1"), await space.NoteAsync("2"), await space.NoteAsync("3")];

        var claimed = await space.Fake().ClaimAsync(2, "default");

        Assert.Equal(ids[..2], claimed.Select(job => job.Id));
        Assert.Equal([ids[2]], await space.QueueAsync());
    }

    [Fact]
    public async Task A_queue_is_asked_only_when_those_before_it_are_empty()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var low = await space.NoteAsync("low", "low");
        var high = await space.NoteAsync("high", "high");
        var worker = space.Fake();

        Assert.Equal(high, Assert.Single(await worker.ClaimAsync(1, "high", "low")).Id);
        Assert.Equal(low, Assert.Single(await worker.ClaimAsync(5, "high", "low")).Id);
    }

    [Fact]
    public async Task A_claimed_job_is_processing_for_Hangfire_and_leased_for_us()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var id = await space.NoteAsync("x");

        var job = Assert.Single(await space.Fake("w:1:g").ClaimAsync(1, "default"));

        Assert.Equal("Processing", await space.FieldAsync(id, "State"));
        Assert.NotNull(await space.FieldAsync(id, "Fetched"));
        Assert.Equal("w:1:g", await space.StateFieldAsync(id, "ServerId"));
        Assert.Equal(["Enqueued", "Processing"], await space.StatesAsync(id));
        Assert.Equal(id, (string?)(await space.Database.ListRangeAsync(space.Keys.Dequeued("default")))[0]);
        Assert.NotNull(await space.Database.SortedSetScoreAsync(space.Keys.Processing, id));
        Assert.NotNull(await space.Database.SortedSetScoreAsync(space.Keys.Leases, id));
        Assert.StartsWith($"{job.Token}|w:1:g|default|", (string?)await space.Database.HashGetAsync(space.Keys.Running, id), StringComparison.Ordinal);
        Assert.Equal(1, job.Attempt);
    }

    [Fact]
    public async Task Paused_queue_hands_out_no_jobs()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var id = await space.NoteAsync("x");
        await space.Database.HashSetAsync(space.Keys.Paused, "default", """{"by":"Ann","reason":"deploy","at":1}""");

        Assert.Empty(await space.Fake().ClaimAsync(1, "default"));
        Assert.Equal([id], await space.QueueAsync());
    }

    [Fact]
    public async Task A_pause_that_is_over_holds_nothing_back()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.NoteAsync("x");
        await space.Database.HashSetAsync(space.Keys.Paused, "default", """{"by":"Ann","reason":"deploy","at":1,"until":2}""");

        Assert.Single(await space.Fake().ClaimAsync(1, "default"));
        await space.Fake().PromoteAsync();

        Assert.False(await space.Database.HashExistsAsync(space.Keys.Paused, "default"));
        Assert.Equal("Ann", (await space.SeeAsync(JobEventKinds.QueueResumed, "default")).Text("by"));
    }

    [Fact]
    public async Task An_id_that_is_twice_in_a_list_is_claimed_once()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var id = await space.NoteAsync("x");
        await space.Database.ListLeftPushAsync(space.Keys.Queue("default"), [id, id]);
        var worker = space.Fake();

        Assert.Single(await worker.ClaimAsync(5, "default"));
        await space.Database.ListLeftPushAsync(space.Keys.Queue("default"), id);
        Assert.Empty(await worker.ClaimAsync(5, "default"));
        Assert.Empty(await space.QueueAsync());
    }

    [Theory]
    [InlineData("Deleted")]
    [InlineData("Succeeded")]
    [InlineData("Failed")]
    [InlineData(null)]
    public async Task Ids_of_jobs_that_are_over_or_gone_are_dropped_from_the_list(string? state)
    {
        await using var space = await WorkerSpace.OpenAsync();
        if (state is not null)
            await space.Database.HashSetAsync(space.Keys.Job("x"), "State", state);
        await space.Database.ListLeftPushAsync(space.Keys.Queue("default"), "x");
        var good = await space.NoteAsync("good");

        Assert.Equal(good, Assert.Single(await space.Fake().ClaimAsync(1, "default")).Id);
        Assert.Empty(await space.QueueAsync());
        Assert.Empty(await space.Database.ListRangeAsync(space.Keys.Dequeued("default")).ContinueWith(list => list.Result.Where(id => id == "x"), TaskScheduler.Default));
    }

    [Fact]
    public async Task A_job_that_a_Hangfire_client_has_locked_waits_in_its_place()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var locked = await space.NoteAsync("locked");
        var free = await space.NoteAsync("free");
        await space.Database.StringSetAsync(space.Keys.JobLock(locked), "someone");
        var worker = space.Fake();

        var answer = await worker.AskAsync(5, "default");

        Assert.Equal(free, Assert.Single(answer.Jobs).Id);
        Assert.Equal(1, answer.LockedIds);
        Assert.Equal([locked], await space.QueueAsync());
        await space.Database.KeyDeleteAsync(space.Keys.JobLock(locked));
        Assert.Equal(locked, Assert.Single(await worker.ClaimAsync(5, "default")).Id);
    }

    [Fact]
    public async Task A_requeued_job_that_still_says_Processing_is_claimed()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.Database.HashSetAsync(space.Keys.Job("h"), [new("Type", "A.B, C"), new("Method", "M"), new("State", "Processing"), new("CreatedAt", "2026-11-20T19:57:03.1299444Z")]);
        await space.Database.ListRightPushAsync(space.Keys.Queue("default"), "h");

        var job = Assert.Single(await space.Fake().ClaimAsync(1, "default"));

        Assert.Equal("A.B, C", job.Type);
        Assert.InRange(job.WaitMilliseconds, 0, long.MaxValue);
    }

    [Fact]
    public async Task The_wait_is_counted_from_ISO_times_too()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.Database.HashSetAsync(space.Keys.Job("h"), [new("Type", "A.B, C"), new("Method", "M"), new("State", "Enqueued")]);
        await space.Database.HashSetAsync(space.Keys.JobStateData("h"), "EnqueuedAt", DateTimeOffset.UtcNow.AddHours(-1).UtcDateTime.ToString("O"));
        await space.Database.ListRightPushAsync(space.Keys.Queue("default"), "h");

        var job = Assert.Single(await space.Fake().ClaimAsync(1, "default"));

        Assert.InRange(job.WaitMilliseconds, 3_590_000, 3_700_000);
    }

    [Fact]
    public async Task Jobs_beyond_a_rate_limit_are_held_back_once_and_keep_their_state()
    {
        await using var space = await WorkerSpace.OpenAsync();
        for (var i = 0; i < 4; i++)
            await space.EnqueueAsync(job => job.Limited(i));
        var worker = space.Fake();

        var answer = await worker.AskAsync(10, "limited");

        Assert.Equal(2, answer.Jobs.Count);
        Assert.InRange(answer.NextTurn!.Value.TotalSeconds, 3_000, 3_600);
        Assert.Equal(2, await space.Database.SortedSetLengthAsync(space.Keys.Throttled("limited")));
        Assert.Empty((await space.Fake("other:1:b").AskAsync(10, "limited")).Jobs);
        await space.SeeAsync(JobEventKinds.Throttled);
        Assert.Equal(2, space.Events.Count(entry => entry.Kind == JobEventKinds.Throttled));
    }

    [Fact]
    public async Task A_held_back_job_runs_when_its_turn_comes_and_the_limit_allows_it()
    {
        await using var space = await WorkerSpace.OpenAsync();
        for (var i = 0; i < 3; i++)
            await space.EnqueueAsync(job => job.Limited(i));
        var worker = space.Fake();
        await worker.ClaimAsync(10, "limited");
        var held = (await space.Database.SortedSetRangeByRankAsync(space.Keys.Throttled("limited")))[0];

        await space.Database.SortedSetAddAsync(space.Keys.Throttled("limited"), held, 1);
        Assert.Empty(await worker.ClaimAsync(10, "limited"));
        await space.Database.SortedSetAddAsync(space.Keys.Throttled("limited"), held, 1);
        await space.Database.KeyDeleteAsync(space.Keys.Rate("OpsConsole.Tests.Jobs.Worker.ProbeJobs.Limited"));

        Assert.Equal(held, Assert.Single(await worker.ClaimAsync(10, "limited")).Id);
        Assert.Equal(0, await space.Database.SortedSetLengthAsync(space.Keys.Throttled("limited")));
    }
}
