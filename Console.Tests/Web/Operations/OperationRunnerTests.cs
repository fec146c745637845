using Npgsql;
using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Web.Operations;

public sealed class OperationRunnerTests : IAsyncLifetime
{
    private readonly OperationSpace _space = new();

    private static CancellationToken Cancel => OperationSpace.Cancel;

    public ValueTask InitializeAsync() => _space.InitializeAsync();

    public ValueTask DisposeAsync() => _space.DisposeAsync();

    [Fact]
    public async Task Every_failed_job_is_put_back_once_and_its_end_is_counted()
    {
        var ids = await _space.FailedAsync(450);
        await _space.EndAsync(ids.Take(5));
        await _space.FailAsync(ids.Skip(5).Take(2), TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds());
        var id = await _space.MakeAsync([.. ids, "dropped long ago"]);
        _space.Start();

        var acted = await _space.WhenAsync(id, it => it.Cursor == it.Total);
        Assert.Equal((451, 443, 8), (acted.Total, acted.Done, acted.LeftOut));
        Assert.Equal((5, 2, 1), (acted.Of(BulkItemState.HasSucceeded), acted.Of(BulkItemState.FailedSince), acted.Of(BulkItemState.Missing)));
        Assert.Equal(ids.Skip(7).Order(), (await _space.RetriesAsync()).Keys.Order());
        await _space.EndAsync(ids.Skip(7).Take(440));
        await _space.EndAsync(ids.Skip(447), succeeds: false);

        var over = await _space.WhenAsync(id, it => it.EndedAt is not null);
        Assert.Equal((BulkState.Finished, 440, 3), (over.State, over.Of(BulkItemState.Succeeded), over.Of(BulkItemState.FailedAgain)));
        Assert.All((await _space.RetriesAsync()).Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task A_console_killed_in_the_middle_is_followed_by_another_and_no_job_is_lost_or_put_back_twice()
    {
        var ids = await _space.FailedAsync(3_000);
        var id = await _space.MakeAsync(ids, draft => draft with { PerMinute = 60_000 });
        for (var kill = 0; kill < 2; kill++)
        {
            var console = _space.Start();
            var seen = (await _space.Store.GetAsync(id, Cancel))!.Done;
            Assert.NotEqual(3_000, (await _space.WhenAsync(id, it => it.Done > seen)).Done);
            await console.KillAsync();
        }
        _space.Start();
        await _space.WhenAsync(id, it => it.Done == 3_000);

        var times = await _space.RetriesAsync();
        Assert.Equal((3_000, 1), (times.Count, times.Values.Max()));
    }

    [Fact]
    public async Task What_was_done_before_a_crash_and_not_written_down_is_not_done_again()
    {
        var ids = await _space.FailedAsync(300);
        var id = await _space.MakeAsync(ids);
        var operation = (await _space.Store.GetAsync(id, Cancel))!;
        // Prepared, and sent; then the console was killed. Some of the jobs have ended since, one has failed again.
        var epoch = (await _space.Term.TryAcquireAsync("killed", 0, Cancel))!.Value;
        await _space.Term.WriteAsync(epoch, new BulkProgress(id) { Checked = 300, Transition = new(BulkState.Preparing, BulkState.Running, "ada", "") }, Cancel);
        var act = new BulkAct(id.ToString("D"), operation.MadeAt, new Actor("ada", "a good reason"));
        await _space.Control.RetryAsync(act, [.. ids.Take(200).Select(job => new BulkTarget(job))], Cancel);
        await _space.EndAsync(ids.Take(3));
        await _space.EndAsync(ids.Skip(3).Take(1), succeeds: false);
        _space.Start();

        var now = await _space.WhenAsync(id, it => it.Done == 300 && it.Ended == 4);

        Assert.Equal((3, 1, 0), (now.Of(BulkItemState.Succeeded), now.Of(BulkItemState.FailedAgain), now.LeftOut));
        var times = await _space.RetriesAsync();
        Assert.Equal((300, 1), (times.Count, times.Values.Max()));
    }

    [Fact]
    public async Task Two_operators_acting_on_the_same_jobs_cause_one_transition_each()
    {
        var ids = await _space.FailedAsync(1_000);
        var (one, other) = (await _space.MakeAsync(ids), await _space.MakeAsync([.. ids.Reverse()]));
        _space.Start();

        var first = await _space.WhenAsync(one, it => it.Cursor == it.Total);
        var second = await _space.WhenAsync(other, it => it.Cursor == it.Total);

        Assert.Equal((1_000, 1_000), (first.Done + second.Done, first.LeftOut + second.LeftOut));
        var times = await _space.RetriesAsync();
        Assert.Equal((1_000, 1), (times.Count, times.Values.Max()));
    }

    [Fact]
    public async Task A_canary_waits_after_1_and_after_10_until_somebody_says_that_it_goes_on()
    {
        var ids = await _space.FailedAsync(30);
        var id = await _space.MakeAsync(ids, draft => draft with { Canary = BulkCanary.Ask });
        _space.Start();

        await _space.WhenAsync(id, it => it.Done == 1);
        Assert.False(await _space.Store.ContinueAsync(id, 0, "ada", Cancel));
        await _space.EndAsync(ids.Take(1));
        await _space.WhenAsync(id, it => it.State == BulkState.Waiting);
        Assert.True(await _space.Store.ContinueAsync(id, 0, "ada", Cancel));
        Assert.False(await _space.Store.ContinueAsync(id, 0, "grace", Cancel));
        var step = await _space.WhenAsync(id, it => it.Done == 11);
        Assert.Equal(10, (await _space.Store.StepItemsAsync(step, Cancel)).Count);
        await _space.EndAsync(ids.Skip(1).Take(10));
        await _space.WhenAsync(id, it => it.State == BulkState.Waiting);
        await _space.Store.ContinueAsync(id, 1, "ada", Cancel);

        Assert.Equal(30, (await _space.WhenAsync(id, it => it.Cursor == it.Total)).Done);
    }

    [Fact]
    public async Task Too_many_that_fail_again_stop_it_by_itself_and_resuming_tries_one_more()
    {
        var ids = await _space.FailedAsync(30);
        var id = await _space.MakeAsync(ids, draft => draft with { Canary = BulkCanary.Automatic });
        _space.Start();
        await _space.WhenAsync(id, it => it.Done == 1);
        await _space.EndAsync(ids.Take(1), succeeds: false);

        var halted = await _space.WhenAsync(id, it => it.State == BulkState.Halted);
        Assert.Equal((1, "The one that was tried failed again; more than 20 % stop it."), (halted.Done, halted.StateWhy));
        Assert.True(await _space.Store.ResumeAsync(id, "ada", "fixed now", Cancel));
        var again = await _space.WhenAsync(id, it => it.Done == 2);

        Assert.Equal((BulkState.Running, 0), (again.State, again.Step));
        Assert.True(await _space.Store.StopAsync(id, "ada", "enough", Cancel));
        await _space.EndAsync(ids.Skip(1).Take(1));
        Assert.Equal((2, 28), ((await _space.WhenAsync(id, it => it.EndedAt is not null)).Done, 30 - 2));
    }

    [Fact]
    public async Task While_Redis_or_the_database_is_away_it_waits_and_says_so()
    {
        await using var redis = new RedisProxy(TestServers.Redis);
        var address = new NpgsqlConnectionStringBuilder(_space.Postgres);
        await using var postgres = new TcpProxy(address.Host!, address.Port);
        (address.Host, address.Port, address.Timeout) = ("127.0.0.1", postgres.Port, 5);
        var ids = await _space.FailedAsync(3_000);
        var id = await _space.MakeAsync(ids, draft => draft with { PerMinute = 60_000 });
        _space.Start(redis.ConnectionString, address.ConnectionString);

        await _space.WhenAsync(id, it => it.Done > 0);
        redis.Cut();
        await _space.WhenAsync(id, it => it.Trouble is not null);
        redis.Heal();
        var before = (await _space.Store.GetAsync(id, Cancel))!.Done;
        await _space.WhenAsync(id, it => it.Done > before && it.Trouble is null);
        postgres.Cut();
        await Task.Delay(300, Cancel);
        postgres.Heal();
        await _space.WhenAsync(id, it => it.Done == 3_000);

        var times = await _space.RetriesAsync();
        Assert.Equal((3_000, 1), (times.Count, times.Values.Max()));
    }

    [Fact]
    public async Task A_patch_changes_the_arguments_and_leaves_out_what_it_does_not_fit()
    {
        var fit = await _space.FailedAsync(3, """["41","\"eur\""]""", """["System.Int32","System.String"]""");
        var unfit = await _space.FailedAsync(2, """["\"none\""]""", """["System.String"]""");
        var id = await _space.MakeAsync([.. fit, .. unfit], draft => draft with { Kind = BulkKind.RetryPatched, Patch = """[{"op":"test","path":"/arg0","value":41},{"op":"replace","path":"/arg0","value":42}]""" });
        _space.Start();

        var acted = await _space.WhenAsync(id, it => it.Cursor == it.Total);

        Assert.Equal((3, 2), (acted.Done, acted.Of(BulkItemState.Unfit)));
        var jobs = await _space.Jobs.Inspector.GetJobsAsync([.. fit], Cancel);
        Assert.All(jobs, job => Assert.Equal(["42", "\"eur\""], job.Arguments.Select(argument => argument.Json)));
        Assert.Equal("Step 1: /arg0 is not 41.", (await _space.Store.ItemsAsync(id, 0, BulkItemState.Unfit, 10, Cancel))[0].Note);
    }

    [Fact]
    public async Task Deleting_ends_with_the_last_job()
    {
        var ids = await _space.FailedAsync(250);
        var id = await _space.MakeAsync(ids, draft => draft with { Kind = BulkKind.Delete });
        _space.Start();

        Assert.Equal((BulkState.Finished, 250), ((await _space.WhenAsync(id, it => it.EndedAt is not null)).State, 250));
        Assert.Equal("Deleted", await _space.Jobs.StateAsync(ids[0]));
    }
}
