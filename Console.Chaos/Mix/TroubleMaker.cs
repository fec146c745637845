using System.Globalization;

namespace OpsConsole.Chaos.Mix;

/// <summary>Does harm to one target, one fault after the other, in an order and at distances that a seed decides. Several of them overlap.</summary>
internal sealed class TroubleMaker(string target, int seed, double mostPauseSeconds, params Trouble[] troubles)
{
    private readonly Random _random = new(seed);

    public string Target => target;

    public int Count { get; private set; }

    public async Task RunAsync(CancellationToken end)
    {
        while (await PauseAsync(end))
        {
            var trouble = troubles[_random.Next(troubles.Length)];
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {target}: {trouble.Name}"));
            await trouble.DoAsync(_random);
            Count++;
        }
    }

    private async Task<bool> PauseAsync(CancellationToken end)
    {
        var pause = TimeSpan.FromSeconds(_random.NextDouble() * mostPauseSeconds);
        try
        {
            await Task.Delay(pause, end);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
