using OpsConsole.Bench;

namespace OpsConsole.Chaos.Experiments;

/// <summary>Redis is killed again and again while jobs are made and run, under each policy of its append-only file; then once under full load.</summary>
internal sealed class RedisKill : IExperiment
{
    public string Name => "redis-kill";

    public string About => "kill -9 of Redis, 50 times: always loses nothing, everysec at most 2 s of writes; full speed within 5 s of a restart";

    public async Task<ChaosReport> RunAsync(ChaosSettings settings)
    {
        var kills = settings.Quick ? 3 : 50;
        var always = new RedisKills(settings, "always", kills);
        await always.RunAsync();
        var everysec = new RedisKills(settings, "everysec", kills);
        await everysec.RunAsync();
        var restart = new RedisRestart(settings);
        await restart.RunAsync();
        return new ChaosReport(Name, $"{kills} kills under each policy, with a disk that is written to all the time; one restart in the middle of {restart.Jobs:N0} jobs", always.Lost + restart.Lost, always.DoubleEffects + everysec.DoubleEffects + restart.DoubleEffects,
        [
            new Figure("kills", 2 * kills),
            .. always.Figures,
            .. everysec.Figures,
            new Figure("everysec_lost", everysec.Lost),
            settings.Timed("everysec_lost_span_s", everysec.LostSpanSeconds, atMost: 2),
            .. restart.Figures,
        ]);
    }
}
