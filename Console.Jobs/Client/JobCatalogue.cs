using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Client;

/// <summary>The job types that hosts have published, read at most every two seconds.</summary>
public sealed class JobCatalogue(JobRedis redis, TimeProvider time)
{
    /// <summary>Most types that are read.</summary>
    public const int MaxTypes = 2_000;

    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(2);
    private volatile CatalogueIndex? _index;

    /// <summary>All types by friendly name.</summary>
    /// <exception cref="JobStorageException">Redis is away.</exception>
    public async Task<IReadOnlyList<JobType>> GetAsync(CancellationToken cancel = default) => (await IndexAsync(cancel)).All;

    /// <summary>The type of that friendly name, type key or <c>Namespace.Type.Method</c> (when only one type has it), or null.</summary>
    /// <exception cref="JobStorageException">Redis is away.</exception>
    public async Task<JobType?> FindAsync(string nameOrKey, CancellationToken cancel = default) => (await IndexWithAsync([nameOrKey], cancel)).Find(nameOrKey);

    internal async ValueTask<CatalogueIndex> IndexAsync(CancellationToken cancel)
    {
        if (_index is { } ready && time.GetElapsedTime(ready.ReadAt) < FreshFor)
            return ready;
        return await ReadIndexAsync(cancel);
    }

    /// <summary>The catalogue for these names. One that is not in what was read last is looked for again at once: its host may have started since.</summary>
    internal async ValueTask<CatalogueIndex> IndexWithAsync(IEnumerable<string> names, CancellationToken cancel)
    {
        var before = _index;
        var index = await IndexAsync(cancel);
        return ReferenceEquals(index, before) && names.Any(name => index.Find(name) is null) ? await ReadIndexAsync(cancel) : index;
    }

    private async Task<CatalogueIndex> ReadIndexAsync(CancellationToken cancel) => _index = new CatalogueIndex(await ReadAsync(cancel), time.GetTimestamp());

    private async Task<List<JobType>> ReadAsync(CancellationToken cancel)
    {
        var types = new List<JobType>();
        var cursor = "0";
        do
        {
            var at = cursor;
            var page = (RedisResult[])(await redis.RunAsync("HSCAN " + redis.Keys.Types,
                database => database.ExecuteAsync("HSCAN", (RedisKey)redis.Keys.Types, at, "COUNT", "1000"), cancel))!;
            cursor = (string)page[0]!;
            var fields = (RedisValue[])page[1]!;
            for (var i = 1; i < fields.Length && types.Count < MaxTypes; i += 2)
            {
                if (CatalogueEntry.TryRead(fields[i]) is { } type)
                    types.Add(type);
            }
        }
        while (cursor != "0" && types.Count < MaxTypes);
        return types;
    }
}
