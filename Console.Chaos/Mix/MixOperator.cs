using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Chaos.Mix;

/// <summary>Someone who goes on working meanwhile: retries what has failed, pauses a queue, and makes poisonous jobs by mistake.</summary>
internal sealed class MixOperator(ChaosSpace space, IServiceProvider services, NpgsqlDataSource database)
{
    private static readonly Actor s_actor = new("chaos", "In the middle of it all.");
    private readonly List<string> _poisons = [];

    public IReadOnlyList<string> Poisons => _poisons;

    public async Task PoisonAsync(Random random)
    {
        var type = new[] { "poison.fail-fast", "poison.overflow", "poison.eat" }[random.Next(3)];
        var id = $"poison-{_poisons.Count}";
        await InsistAsync(() => space.Client.EnqueueAsync(type, "{}", new EnqueueOptions { Id = id }));
        _poisons.Add(id);
    }

    public async Task PauseAsync(TimeSpan time)
    {
        await InsistAsync(() => space.Control.PauseQueueAsync("default", s_actor));
        await Task.Delay(time);
        await InsistAsync(() => space.Control.ResumeQueueAsync("default", s_actor));
    }

    /// <summary>Retries every group of failures as the page does; an operation runs as fast as a console gets to it.</summary>
    public async Task RetryGroupsAsync()
    {
        var store = services.GetRequiredService<OperationStore>();
        foreach (var group in await GroupsAsync())
        {
            var ids = (await store.JobsOfGroupAsync(group, BulkLimits.Jobs)).Except(_poisons).ToList();
            var draft = new BulkDraft { Kind = BulkKind.Retry, Source = BulkSource.Group, SourceText = group.ToString("D"), Title = "mix", PerMinute = 1_200, Reason = "In the middle of it all." };
            if (ids.Count > 0)
                await store.CreateAsync(draft, "chaos", DateTimeOffset.UtcNow, ids);
        }
    }

    /// <summary>Retries what is failed at the end, poison aside.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RetryRestAsync()
    {
        var rest = (await space.AskAsync(redis => redis.SortedSetRangeByRankAsync(space.Jobs.Keys.Failed))).Select(id => (string)id!).Except(_poisons).ToList();
        foreach (var id in rest)
            await InsistAsync(() => space.Control.RetryAsync(id, s_actor));
        return rest.Count;
    }

    public async Task<long> OpenOperationsAsync()
    {
        await using var count = database.CreateCommand($"""SELECT count(*) FROM "BulkOperations" WHERE "State" <> {(short)BulkState.Finished}""");
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private async Task<IReadOnlyList<Guid>> GroupsAsync()
    {
        await using var command = database.CreateCommand("""SELECT "Id" FROM "FailureGroups" LIMIT 100""");
        await using var row = await command.ExecuteReaderAsync();
        var ids = new List<Guid>();
        while (await row.ReadAsync())
            ids.Add(row.GetGuid(0));
        return ids;
    }

    private static async Task InsistAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (JobStorageException)
            {
                await Task.Delay(200);
            }
        }
    }
}
