namespace OpsConsole.Bench.Engine;

/// <summary>The figures of one kind of worker: how fast, and at what cost in processor time, which says more than the clock does on a shared machine.</summary>
internal sealed class DrainShape(string name)
{
    public Series Rate { get; } = new("jobs_per_s_" + name);

    public Series Redis { get; } = new("redis_cpu_us_" + name);

    public Series Worker { get; } = new("worker_cpu_us_" + name);

    public async Task AddAsync(EngineSpace space, int jobs)
    {
        await space.FillAsync(jobs);
        var before = await space.WorkersAsync();
        var result = await space.DrainAsync(jobs);
        var used = await space.WorkersAsync() - before;
        await space.Host.ForgetJobsAsync();
        Rate.Add(result.JobsPerSecond);
        Redis.Add(result.RedisMicroseconds);
        Worker.Add(used.ProcessorSeconds / used.Jobs * 1e6);
    }

    public IEnumerable<Figure> Figures(Series ceiling, double? atLeast) =>
        [Rate.Figure(atLeast), Rate.Ratio(ceiling, $"share_of_ceiling_{name}", 0.7), Redis.Figure(), Worker.Figure()];
}

/// <summary>One process with 20 and with 50 slots, four with 20 each, and none at all, under one policy of the append-only file.</summary>
internal sealed class DrainShapes(string policy)
{
    public Series Ceiling { get; } = new($"ceiling_per_s_{policy}");

    public DrainShape One { get; } = new($"1x20_{policy}");

    public DrainShape Wide { get; } = new($"1x50_{policy}");

    public DrainShape Four { get; } = new($"4x20_{policy}");

    public IEnumerable<Figure> Figures()
    {
        double? goal = policy == "everysec" ? 15_000 : null;
        return [Ceiling.Figure(), .. One.Figures(Ceiling, goal), .. Wide.Figures(Ceiling, goal), .. Four.Figures(Ceiling, goal)];
    }
}
