using System.Globalization;
using System.Text.Json;
using OpsConsole.Chaos.Fleet;

namespace OpsConsole.Chaos;

/// <summary>A job that was held by a worker when that was killed.</summary>
/// <param name="Job">What Redis said.</param>
/// <param name="At">When the worker was dead.</param>
internal sealed record Victim(HeldJob Job, DateTimeOffset At);

/// <summary>When jobs of killed workers were handed to others.</summary>
internal static class Reruns
{
    /// <summary>
    /// Seconds from each kill to the next claim of the job, by the history of the job. The next worker may be killed before the
    /// job's first line, and so before the ledger hears of it; that is a kill of its own.
    /// </summary>
    public static async Task<IReadOnlyList<double>> SecondsAsync(ChaosSpace space, IReadOnlyList<Victim> victims)
    {
        var seconds = new List<double>();
        foreach (var chunk in victims.Chunk(500))
        {
            var histories = await Task.WhenAll(chunk.Select(victim => space.AskAsync(database => database.ListRangeAsync(space.Jobs.Keys.JobHistory(victim.Job.Id)))));
            foreach (var (victim, history) in chunk.Zip(histories))
            {
                var killed = victim.At.ToUnixTimeMilliseconds();
                if (history.Select(entry => ClaimedAt(entry!)).FirstOrDefault(at => at > killed) is { } next)
                    seconds.Add((next - killed) / 1_000.0);
            }
        }
        return seconds;
    }

    private static long? ClaimedAt(string entry)
    {
        using var json = JsonDocument.Parse(entry);
        return json.RootElement.TryGetProperty("StartedAt", out var at) ? long.Parse(at.GetString()!, CultureInfo.InvariantCulture) : null;
    }
}
