using System.Globalization;

namespace OpsConsole.Jobs.Worker;

/// <summary>When a failed attempt is followed by another.</summary>
internal sealed class RetryPolicy(int times, Backoff backoff, int delaySeconds, IReadOnlyList<int> delaysSeconds, int maxDelaySeconds, double jitter, double delayScale = 1)
{
    /// <summary>No retry at all.</summary>
    public static RetryPolicy None { get; } = new(0, Backoff.Fixed, 0, [], 0, 0);

    public static RetryPolicy From(RetryAttribute? retry, double delayScale = 1) =>
        retry is null ? None : new(retry.Times, retry.Backoff, retry.DelaySeconds, retry.DelaysSeconds, retry.MaxDelaySeconds, retry.Jitter, delayScale);

    /// <summary>Retries after the first attempt.</summary>
    public int Times { get; } = Math.Max(0, times);

    /// <summary>Wait before a retry, or null when there are none left.</summary>
    /// <param name="retry">1 for the first retry.</param>
    /// <param name="chance">0 to 1, where in the jitter this wait falls.</param>
    public TimeSpan? DelayBefore(int retry, double chance)
    {
        if (retry > Times)
            return null;
        var seconds = BaseSeconds(retry);
        return TimeSpan.FromSeconds(seconds + seconds * Math.Clamp(jitter, 0, 1) * chance);
    }

    /// <summary>The policy in words.</summary>
    public string Text
    {
        get
        {
            if (Times == 0)
                return "no retries";
            var shown = Enumerable.Range(1, Math.Min(Times, 5)).Select(retry => BaseSeconds(retry).ToString("0.##", CultureInfo.InvariantCulture) + " s");
            return string.Join(", ", shown) + (Times > 5 ? $", … ({Times} retries)" : "");
        }
    }

    private double BaseSeconds(int retry) => delayScale * Math.Min(Math.Max(0, maxDelaySeconds), backoff switch
    {
        Backoff.Listed when delaysSeconds.Count > 0 => delaysSeconds[Math.Min(retry, delaysSeconds.Count) - 1],
        Backoff.Exponential => delaySeconds * Math.Pow(2, Math.Min(retry - 1, 40)),
        _ => delaySeconds,
    });
}
