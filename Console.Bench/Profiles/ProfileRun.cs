using System.Globalization;
using System.Text;

namespace OpsConsole.Bench.Profiles;

/// <summary>The profiles of one run: of every process that is followed, and of Redis meanwhile.</summary>
internal sealed class ProfileRun(BenchSettings settings, string folder) : IAsyncDisposable
{
    // Some scenarios kill consoles by the dozen, and the tenth says no more than the first.
    private const int MostProcesses = 8;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<ProcessProfile> _profiles = [];
    private RedisProfile? _redis;
    private int _left;

    /// <summary>Records a process from now on; once for each.</summary>
    public async Task FollowAsync(int processId, string label)
    {
        await _gate.WaitAsync();
        try
        {
            if (_profiles.Exists(profile => profile.ProcessId == processId))
                return;
            if (_profiles.Count == MostProcesses)
            {
                _left++;
                return;
            }
            _redis ??= await RedisProfile.StartAsync(settings);
            Directory.CreateDirectory(folder);
            var number = _profiles.Count + 1;
            _profiles.Add(await ProcessProfile.StartAsync(label, processId, Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"process-{number}.nettrace"))));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends the recording of a process that is about to end.</summary>
    public async Task LetGoAsync(int processId)
    {
        await _gate.WaitAsync();
        var profile = _profiles.Find(profile => profile.ProcessId == processId);
        _gate.Release();
        if (profile is not null)
            await profile.StopAsync();
    }

    /// <summary>The tables, which are also kept beside the recordings.</summary>
    /// <exception cref="InvalidOperationException">No process was followed.</exception>
    public async Task<string> TableAsync()
    {
        if (_redis is null)
            throw new InvalidOperationException("The scenario has started no process that could be profiled; run it without --profile.");
        await Task.WhenAll(_profiles.Select(profile => profile.StopAsync()));
        await _redis.StopAsync();
        var text = new StringBuilder();
        foreach (var profile in _profiles)
            text.AppendLine(Table(profile));
        if (_left > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"{_left} more processes were not recorded: {MostProcesses} is the most.").AppendLine();
        text.AppendLine(ProfileTable.OfRedis(_redis.Seconds, _redis.ProcessorSeconds, _redis.Commands));
        await File.WriteAllTextAsync(Path.Combine(folder, "profile.txt"), text.ToString());
        return text.AppendLine(CultureInfo.InvariantCulture, $"Recordings: {folder}").ToString();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var profile in _profiles)
        {
            await profile.StopAsync();
            profile.Dispose();
        }
        if (_redis is not null)
            await _redis.DisposeAsync();
        _gate.Dispose();
    }

    private static string Table(ProcessProfile profile)
    {
        var title = $"{profile.Label} ({Path.GetFileName(profile.File)})";
        if (profile.Problem is { } problem)
            return $"{title}: {problem}";
        var sums = profile.Read();
        return ProfileTable.Of(string.Create(CultureInfo.InvariantCulture, $"{title}: {sums.Total / 1e3:0.00} s of processor time in {profile.Seconds:0.0} s"), sums);
    }
}
