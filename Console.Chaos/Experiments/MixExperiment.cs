using System.Globalization;
using OpsConsole.Bench;
using OpsConsole.Chaos.Mix;

namespace OpsConsole.Chaos.Experiments;

/// <summary>All faults at once, in an order that a seed decides, while jobs are made, fail, are scheduled and retried.</summary>
internal sealed class MixExperiment : IExperiment
{
    public string Name => "mix";

    public string About => "an hour of a random mix of all faults (--seed N repeats one): no invariant broken";

    public async Task<ChaosReport> RunAsync(ChaosSettings settings)
    {
        var (length, lease, scale) = settings.Quick ? (TimeSpan.FromSeconds(30), 5, 0.25) : (TimeSpan.FromHours(1), 15, 1.0);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"mix: seed {settings.Seed}"));
        await using var mix = await MixSpace.OpenAsync(settings, workers: 3, slots: 10, lease);
        var space = mix.Base;
        using var ended = new CancellationTokenSource();
        var supervised = mix.SuperviseAsync(ended.Token);
        var makers = new MixTroubles(mix, settings.Folder, scale).Makers(settings.Seed);
        var refused = await HarmAsync(space.Load, makers, length);

        var settled = await space.SettleAsync(TimeSpan.FromMinutes(5));
        var owed = mix.Schedules.Owed();
        space.Load.Adopt(owed);
        await DoneAsync("operations done", TimeSpan.FromMinutes(3), async () => await mix.Operator.OpenOperationsAsync() == 0);
        await DoneAsync("schedules done", TimeSpan.FromMinutes(3), () => space.AreThereAsync(owed));
        await space.SettleAsync(TimeSpan.FromMinutes(2));
        var rest = await mix.Operator.RetryRestAsync();
        settled &= await space.SettleAsync(TimeSpan.FromMinutes(2));
        await ended.CancelAsync();
        var missing = new List<string>();
        await DoneAsync("history complete", TimeSpan.FromMinutes(3), async () => (missing = await MissingAsync(mix)).Count == 0);
        await mix.Console.DisposeAsync();
        settled &= await space.SettleAsync(TimeSpan.FromMinutes(2));
        var verdict = await space.JudgeAsync();
        var poisons = mix.Operator.Poisons;
        return new ChaosReport(Name, $"{length.TotalMinutes:0.#} min of {string.Join(", ", makers.Select(maker => $"{maker.Count} x {maker.Target}"))}", verdict.Lost.Count, verdict.Audit.DoubleEffects,
        [
            new Figure("seed", settings.Seed),
            new Figure("faults", makers.Sum(maker => maker.Count), AtLeast: 1),
            .. makers.Select(maker => new Figure("faults_of_" + maker.Target, maker.Count)),
            .. verdict.Figures,
            new Figure("settled", settled ? 1 : 0, AtLeast: 1),
            new Figure("enqueues_refused", refused),
            new Figure("workers_lost", await supervised),
            new Figure("of_it_scheduled", owed.Count),
            new Figure("missing_in_the_history", missing.Count, AtMost: 0),
            new Figure("operations_unfinished", await mix.Operator.OpenOperationsAsync(), AtMost: 0),
            new Figure("retried_at_the_end", rest),
            new Figure("poisons", poisons.Count),
            new Figure("poisons_not_quarantined", await NotQuarantinedAsync(space, poisons), AtMost: 0),
            new Figure("most_starts_of_a_poison", poisons.Select(verdict.Audit.Starts).DefaultIfEmpty().Max(), AtMost: 3),
            new Figure("torn_transactions_cut", space.Redis.Mended),
        ]);
    }

    /// <returns>How many jobs were refused.</returns>
    private static async Task<int> HarmAsync(Load load, IReadOnlyList<TroubleMaker> makers, TimeSpan length)
    {
        using var end = new CancellationTokenSource(length);
        Task<int>[] making =
        [
            load.KeepMakingAsync("chaos.work", """{"milliseconds":100}""", TimeSpan.FromMilliseconds(30), end.Token),
            load.KeepMakingAsync("chaos.deaf", """{"milliseconds":800}""", TimeSpan.FromMilliseconds(200), end.Token),
            load.KeepMakingAsync("chaos.flaky", """{"milliseconds":50}""", TimeSpan.FromMilliseconds(200), end.Token),
            load.KeepMakingAsync("chaos.breaks", """{"milliseconds":50}""", TimeSpan.FromMilliseconds(500), end.Token),
        ];
        await Task.WhenAll(makers.Select(maker => maker.RunAsync(end.Token)));
        return (await Task.WhenAll(making)).Sum();
    }

    private static async Task<List<string>> MissingAsync(MixSpace mix)
    {
        var stored = await mix.HistoryAsync();
        return [.. mix.Base.Load.Acknowledged.Keys.Where(id => !stored.Contains(id))];
    }

    private static async Task DoneAsync(string what, TimeSpan limit, Func<Task<bool>> isDone)
    {
        var took = await Waiting.TryUntilAsync(limit, isDone);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {what}: {(took is null ? "not" : "yes")}, after {took?.TotalSeconds ?? limit.TotalSeconds:0.0} s"));
    }

    private static async Task<int> NotQuarantinedAsync(ChaosSpace space, IReadOnlyList<string> poisons)
    {
        var places = await Task.WhenAll(poisons.Select(id => space.AskAsync(redis => redis.SortedSetScoreAsync(space.Jobs.Keys.Quarantine, id))));
        return places.Count(place => place is null);
    }
}
