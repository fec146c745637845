using System.Collections.Concurrent;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Chaos;

/// <summary>Makes jobs, and remembers which of them were acknowledged and when.</summary>
internal sealed class Load(JobClient client)
{
    private const int BatchSize = 500;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _acknowledged = new(StringComparer.Ordinal);
    private int _number;

    /// <summary>Ids, and when the acknowledgement was in hand.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Acknowledged => _acknowledged;

    /// <summary>Counts jobs as acknowledged that others have promised.</summary>
    public void Adopt(IEnumerable<string> ids)
    {
        foreach (var id in ids)
            _acknowledged[id] = DateTimeOffset.UtcNow;
    }

    /// <summary>Makes jobs in batches. A batch without an answer is sent again under the same ids, as a caller would.</summary>
    public async Task MakeAsync(int jobs, string type, string arguments, CancellationToken cancel = default)
    {
        foreach (var chunk in Enumerable.Range(0, jobs).Chunk(BatchSize))
        {
            var requests = chunk.Select(_ => new JobRequest(type, arguments, new EnqueueOptions { Id = NewId() })).ToArray();
            while (!await TryMakeAsync(requests))
                await Task.Delay(100, cancel);
        }
    }

    /// <summary>Makes one job after the other until cancelled; what is not acknowledged is not asked for again.</summary>
    /// <returns>How many were not acknowledged.</returns>
    public async Task<int> KeepMakingAsync(string type, string arguments, TimeSpan pause, CancellationToken cancel)
    {
        var refused = 0;
        while (!cancel.IsCancellationRequested)
        {
            if (!await TryMakeAsync([new JobRequest(type, arguments, new EnqueueOptions { Id = NewId() })]))
                refused++;
            await Task.Delay(pause, CancellationToken.None);
        }
        return refused;
    }

    /// <summary>Makes one job as it is asked for.</summary>
    /// <param name="type">Job type.</param>
    /// <param name="arguments">JSON.</param>
    /// <param name="options">Where it waits.</param>
    /// <param name="isCounted">False for one that is made to be lost.</param>
    public async Task<string> MakeOneAsync(string type, string arguments, EnqueueOptions options, bool isCounted = true)
    {
        var made = await client.EnqueueAsync(type, arguments, options with { Id = NewId() });
        if (!made.IsCreated)
            throw new InvalidOperationException(made.Message);
        if (isCounted)
            _acknowledged[made.Id] = DateTimeOffset.UtcNow;
        return made.Id;
    }

    private string NewId() => $"j-{Interlocked.Increment(ref _number):D7}";

    private async Task<bool> TryMakeAsync(JobRequest[] requests)
    {
        try
        {
            foreach (var result in await client.EnqueueManyAsync(requests))
            {
                if (result.Outcome is not (EnqueueOutcome.Created or EnqueueOutcome.AlreadyExists))
                    throw new InvalidOperationException(result.Message);
                _acknowledged[result.Id] = DateTimeOffset.UtcNow;
            }
            return true;
        }
        catch (JobStorageException)
        {
            return false;
        }
    }
}
