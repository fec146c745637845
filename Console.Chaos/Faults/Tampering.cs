using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Chaos.Faults;

/// <summary>Makes wrong what Redis holds, one kind after the other, as lost writes and hands at redis-cli do. Harmed jobs stand in queues that no worker serves.</summary>
internal sealed class Tampering(ChaosSpace space, IDatabase database, bool withBareServers)
{
    private const string Queue = "tampered";
    private const string Work = """{"milliseconds":1}""";
    private const double FarAway = 4e9;
    private readonly HandWorker _hand = new(space.Jobs);
    private readonly List<string> _jobs = [];

    private RedisKeys Keys => space.Jobs.Keys;

    /// <summary>One of each kind.</summary>
    public async Task PlantAllAsync()
    {
        await HarmWaitingAsync();
        await HarmScheduledAsync();
        await HarmRunningAsync();
        await HarmEndedAsync();
        await HarmExpiryAsync();
        await HarmFamiliesAsync();
        await HarmOthersAsync();
        await HarmWorkersAsync();
    }

    /// <summary>Lets workers have the harmed jobs, as an operator would: by retrying them into a queue that is served.</summary>
    public async Task ReleaseAsync()
    {
        foreach (var id in _jobs)
        {
            // What the hand of the test still holds goes the way of a lost worker.
            if (await database.HashExistsAsync(Keys.Running, id))
                await database.SortedSetAddAsync(Keys.Leases, id, 1);
            await Waiting.UntilAsync($"job {id} can be retried", TimeSpan.FromSeconds(60), async () => await IsFreeAsync(id));
        }
    }

    private async Task<bool> IsFreeAsync(string id) =>
        (string?)await database.HashGetAsync(Keys.Job(id), "State") == "Succeeded" || (await space.Control.RetryAsync(id, new Actor("chaos", "Harmed on purpose."), "default")).IsAccepted;

    private async Task HarmWaitingAsync()
    {
        var missing = await MakeAsync(new EnqueueOptions { Queue = Queue });
        await database.ListRemoveAsync(Keys.Queue(Queue), missing);
        Note("enqueued-nowhere", missing);
        var twice = await MakeAsync(new EnqueueOptions { Queue = Queue });
        await database.ListLeftPushAsync(Keys.Queue(Queue), twice);
        Note("twice-queued", twice);
        var elsewhere = await MakeAsync(new EnqueueOptions { Queue = Queue });
        await database.SortedSetAddAsync(Keys.Failed, elsewhere, FarAway);
        Note("entry-elsewhere", elsewhere);
        var queue = $"{Queue}-{_jobs.Count}";
        await MakeAsync(new EnqueueOptions { Queue = queue });
        await database.SetRemoveAsync(Keys.Queues, queue);
        Note("queue-unlisted", queue);
    }

    private async Task HarmScheduledAsync()
    {
        var options = new EnqueueOptions { At = DateTimeOffset.UtcNow.AddHours(1) };
        var missing = await MakeAsync(options);
        await database.SortedSetRemoveAsync(Keys.Schedule, missing);
        Note("scheduled-nowhere", missing);
        var wrong = await MakeAsync(options);
        await database.SortedSetAddAsync(Keys.Schedule, wrong, FarAway);
        Note("schedule-time", wrong);
    }

    private async Task HarmRunningAsync()
    {
        var unlisted = await ClaimAsync();
        await database.SortedSetRemoveAsync(Keys.Processing, unlisted);
        Note("processing-unlisted", unlisted);
        var withoutLease = await ClaimAsync();
        await database.SortedSetRemoveAsync(Keys.Leases, withoutLease);
        Note("holder-without-lease", withoutLease);
        var forgotten = await ClaimAsync();
        await database.HashDeleteAsync(Keys.Running, forgotten);
        await database.SortedSetRemoveAsync(Keys.Leases, forgotten);
        Note("held-by-nobody", forgotten);
        await database.SortedSetAddAsync(Keys.Leases, Ghost(), FarAway * 1_000);
        Note("lease-without-holder", Ghost());
    }

    private async Task HarmEndedAsync()
    {
        var failed = await MakeAsync(new EnqueueOptions { Queue = HandWorker.Queue });
        await _hand.FailAsync();
        await database.SortedSetRemoveAsync(Keys.Failed, failed);
        Note("failed-unlisted", failed);
        string? ended = null;
        await Waiting.UntilAsync("a job has succeeded", TimeSpan.FromSeconds(60), async () => (ended = await database.ListGetByIndexAsync(Keys.Succeeded, 0)) is not null);
        await database.KeyPersistAsync(Keys.Job(ended!));
        if (space.Plants.All(plant => plant.Subject != ended))
            Note("ended-for-ever", ended!);
    }

    private async Task HarmExpiryAsync()
    {
        var expires = await MakeAsync(new EnqueueOptions { Queue = Queue });
        await database.KeyExpireAsync(Keys.Job(expires), TimeSpan.FromHours(1));
        Note("unfinished-expires", expires);
        await database.HashSetAsync(Keys.JobStateData(Ghost()), "State", "Failed");
        Note("part-without-job", Keys.JobStateData(Ghost())[Keys.Prefix.Length..]);
    }

    private async Task HarmFamiliesAsync()
    {
        var gone = await space.Load.MakeOneAsync("chaos.work", Work, new EnqueueOptions { Queue = Queue }, isCounted: false);
        var orphan = await MakeAsync(new EnqueueOptions { Queue = Queue, ParentId = gone, On = ContinueOn.Succeeded });
        await database.ListRemoveAsync(Keys.Queue(Queue), gone);
        foreach (var key in (string[])[Keys.Job(gone), Keys.JobStateData(gone), Keys.JobHistory(gone)])
            await database.KeyDeleteAsync(key);
        Note("parent-gone", orphan);
        var parent = await space.Load.MakeOneAsync("chaos.work", Work, new EnqueueOptions { Queue = HandWorker.Queue }, isCounted: false);
        var child = await MakeAsync(new EnqueueOptions { Queue = Queue, ParentId = parent, On = ContinueOn.Succeeded });
        await database.HashDeleteAsync(Keys.Job(parent), "Continuations");
        await _hand.SucceedAsync();
        Note("parent-ended", child);
    }

    private async Task HarmOthersAsync()
    {
        await database.SortedSetAddAsync(Keys.Failed, Ghost(), 1);
        Note("entry-without-job", Ghost());
        await database.StringSetAsync(Keys.Queue(Ghost()), "what is this");
        Note("wrong-type", "queue:" + Ghost());
        await database.StringSetAsync(Keys.Unique(Ghost()), Ghost());
        Note("unique-without-job", Ghost());
        await database.HashSetAsync(Keys.Cancels, Ghost(), "{}");
        Note("note-without-job", Ghost());
    }

    private async Task HarmWorkersAsync()
    {
        string Server(string name) => $"{name}:{Ghost()}:0";
        await database.SetAddAsync(Keys.Servers, Server("silent"));
        await database.HashSetAsync(Keys.Server(Server("silent")), "Heartbeat", "long ago");
        Note("server-silent", Server("silent"));
        await database.HashSetAsync(Keys.Worker(Server("beat")), "Heartbeat", 1);
        Note("worker-unlisted", Server("beat"));
        await database.HashSetAsync(Keys.Server(Server("record")), "Heartbeat", 1);
        Note("server-unlisted", Server("record"));
        if (!withBareServers)
            return;
        await database.SetAddAsync(Keys.Servers, Server("bare"));
        Note("server-without-record", Server("bare"));
    }

    private string Ghost() => $"ghost-{_jobs.Count}";

    private void Note(string kind, string subject) => space.Plant(kind, subject);

    private async Task<string> MakeAsync(EnqueueOptions options)
    {
        var id = await space.Load.MakeOneAsync("chaos.work", Work, options);
        _jobs.Add(id);
        return id;
    }

    private async Task<string> ClaimAsync()
    {
        var id = await MakeAsync(new EnqueueOptions { Queue = HandWorker.Queue });
        await _hand.ClaimAsync();
        return id;
    }
}
