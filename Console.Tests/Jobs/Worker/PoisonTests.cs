using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Worker;

/// <summary>A job that is stored wrongly, or whose code misbehaves, is its own misfortune and nobody else's.</summary>
public class PoisonTests
{
    [Theory]
    [InlineData("[null]")]
    [InlineData("[\"\\ud800\"]")]
    [InlineData("{}")]
    [InlineData("[[[")]
    public async Task Broken_parameter_types_fail_their_job_and_hold_up_no_other(string parameterTypes)
    {
        await using var space = await WorkerSpace.OpenAsync();
        await PutAsync(space, "poison", ("ParameterTypes", parameterTypes));
        var good = await space.NoteAsync("good");

        await space.StartAsync();

        await space.SeeAsync(JobEventKinds.Succeeded, good);
        await space.SeeAsync(JobEventKinds.Failed, "poison");
    }

    [Fact]
    public async Task A_type_name_of_endless_brackets_fails_its_job()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await PutAsync(space, "poison", ("Type", new string('[', 200_000)));

        await space.StartAsync();

        await space.SeeAsync(JobEventKinds.Failed, "poison");
    }

    [Fact]
    public async Task Continuations_that_are_none_are_passed_over()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var parent = await space.NoteAsync("parent");
        var child = await space.ContinueAsync(parent, job => job.Note("child"), ContinueOn.Succeeded);
        await space.Database.HashSetAsync(space.Keys.Job(parent), "Continuations", $$"""[null,5,"x",[],{},{"JobId":"{{child}}","Options":1}]""");

        await space.StartAsync();

        await space.SeeAsync(JobEventKinds.Succeeded, child);
    }

    [Fact]
    public async Task An_exception_that_cannot_be_read_is_a_failure_like_any_other()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var id = await space.EnqueueAsync(job => job.FailUnreadably());

        await space.StartAsync();

        var failed = await space.SeeAsync(JobEventKinds.Failed, id);
        Assert.Equal("OpsConsole.Tests.Jobs.Worker.UnreadableException", failed.Text("error"));
    }

    [Fact]
    public async Task A_result_that_cannot_be_written_does_not_make_the_work_happen_twice()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var id = await space.EnqueueAsync(job => job.ReturnUnreadable());

        await space.StartAsync();

        await space.SeeAsync(JobEventKinds.Succeeded, id);
    }

    [Fact]
    public async Task A_cancelled_job_that_does_not_hear_is_abandoned_at_its_hard_limit()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync(options => (options.AbandonSeconds, options.RenewSeconds) = (0, 0.2));
        var id = await space.EnqueueAsync(job => job.DeafForLonger("never"));
        await space.Database.HashSetAsync(space.Keys.Cancels, id, """{"by":"Ann","reason":"wrong month","at":1}""");

        var deleted = await space.SeeAsync(JobEventKinds.Deleted, id);
        Assert.Equal("Ann", deleted.Text("by"));
        space.Probe.Gate("never").SetResult();
    }

    [Fact]
    public async Task Waiting_jobs_behind_many_dead_ids_are_not_forgotten()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.Database.ListLeftPushAsync(space.Keys.Queue("default"), [.. Enumerable.Range(0, 5_000).Select(i => (RedisValue)$"dead-{i}")]);
        await space.NoteAsync("behind them");

        var answer = await space.Fake().AskAsync(1, "default");

        Assert.Empty(answer.Jobs);
        Assert.True(answer.LockedIds > 0);
    }

    private static async Task PutAsync(WorkerSpace space, string id, (string Name, string Value) field)
    {
        await space.Database.HashSetAsync(space.Keys.Job(id),
        [
            new("Type", "OpsConsole.Tests.Jobs.Worker.ProbeJobs, OpsConsole.Tests"), new("Method", "Nothing"), new("ParameterTypes", "[]"),
            new("Arguments", "[]"), new("CreatedAt", "1795204680601"), new("State", "Enqueued"),
        ]);
        await space.Database.HashSetAsync(space.Keys.Job(id), field.Name, field.Value);
        await space.Database.ListLeftPushAsync(space.Keys.Queue("default"), id);
    }
}

public sealed class UnreadableException : Exception
{
    public override string Message => throw new InvalidOperationException("no message");
}

public sealed class Unreadable
{
    public string Value => throw new InvalidOperationException("no value");
}
