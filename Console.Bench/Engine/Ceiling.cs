using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Bench.Engine;

/// <summary>What Redis alone can do with the engine's own scripts: redis-benchmark calls them, and no worker or client stands behind.</summary>
internal static class Ceiling
{
    private const int Connections = 2;

    /// <summary>Claims and ends jobs that wait, so many per call.</summary>
    /// <returns>Jobs per second.</returns>
    public static async Task<double> DrainAsync(EngineSpace space, int jobs, int perCall)
    {
        var before = await space.SucceededAsync();
        var script = await LoadAsync(space, DrainText());
        await space.ResumeAsync();
        var seconds = await CallAsync(space, jobs / perCall, [script, "1", space.Prefix, "ceiling:1:0", Text(perCall), "OpsConsole.Bench.BenchJobs.Count"]);
        await space.PauseAsync();
        return (await space.SucceededAsync() - before) / seconds;
    }

    /// <summary>Makes jobs, so many per call.</summary>
    /// <returns>Jobs per second.</returns>
    public static async Task<double> EnqueueAsync(EngineSpace space, int jobs, int perCall)
    {
        var script = await LoadAsync(space, RedisScript.Load("enqueue").Text);
        List<string> arguments = [script, "1", space.Prefix, Text(perCall)];
        for (var i = 0; i < perCall; i++)
            arguments.AddRange(["ceiling-__rand_int__", "OpsConsole.Bench.BenchJobs, OpsConsole.Bench", "Count", """["System.Int32"]""", """["1"]""", "ceiling", "", "", "", "0", "", "", ""]);
        return jobs / perCall * perCall / await CallAsync(space, jobs / perCall, arguments);
    }

    private static string DrainText()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("ceiling.lua")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("--[[finish]]", RedisScript.Load("finish").Text, StringComparison.Ordinal);
    }

    private static Task<string> LoadAsync(EngineSpace space, string text) =>
        space.Redis.RunAsync("SCRIPT LOAD", async database => (string)(await database.ExecuteAsync("SCRIPT", "LOAD", text))!);

    private static async Task<double> CallAsync(EngineSpace space, int calls, IReadOnlyList<string> script)
    {
        var redis = ConfigurationOptions.Parse(space.Redis.Options.Redis);
        var (host, port) = ConnectionText(redis);
        List<string> arguments = ["-h", host, "-p", port, "-c", Text(Connections), "-n", Text(calls), "-r", "2000000000", "-q"];
        if (redis.Password is { Length: > 0 } password)
            arguments.AddRange(["-a", password]);
        var start = new ProcessStartInfo("redis-benchmark", [.. arguments, "EVALSHA", .. script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var since = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        return process.ExitCode == 0 ? seconds : throw new InvalidOperationException($"redis-benchmark ended with {process.ExitCode}: {string.Concat(texts)}");
    }

    private static (string Host, string Port) ConnectionText(ConfigurationOptions redis)
    {
        var parts = redis.EndPoints[0].ToString()!.Split('/')[^1].Split(':');
        return (parts[0], parts[1]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
