using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>Jobs that came into and left each queue, per minute, as events tell it. Bounded to 500 queues.</summary>
public sealed class QueueRates
{
    private const int MaxQueues = 500;
    private readonly Dictionary<string, (RateRing Seconds, RateRing Minutes)> _rings = new(StringComparer.Ordinal);

    public void Apply(JobEvent e)
    {
        var cameIn = e.Kind is JobEventKinds.Enqueued ? 1 : 0;
        var wentOut = e.Kind is JobEventKinds.Processing ? 1 : e.Kind is JobEventKinds.Requeued ? -1 : 0;
        if ((cameIn == 0 && wentOut == 0) || e.Queue.Length == 0)
            return;
        if (!_rings.TryGetValue(e.Queue, out var rings))
        {
            if (_rings.Count == MaxQueues)
                return;
            _rings[e.Queue] = rings = (new RateRing(1, 64), new RateRing(60, 32));
        }
        rings.Seconds.Add(e.At, cameIn, wentOut);
        rings.Minutes.Add(e.At, cameIn, wentOut);
    }

    /// <summary>In and out over the last full 60 seconds.</summary>
    public (int In, int Out) PerMinute(string queue, DateTimeOffset now) =>
        _rings.TryGetValue(queue, out var rings) ? rings.Seconds.Last(now, 60) : default;

    /// <summary>
    /// For how many minutes in a row fewer left than came, newest first. A minute in which nothing came ends the count.
    /// </summary>
    public int MinutesBehind(string queue, DateTimeOffset now)
    {
        if (!_rings.TryGetValue(queue, out var rings))
            return 0;
        var minutes = 0;
        while (minutes < 30 && rings.Minutes.Last(now, 1, minutes) is var (cameIn, wentOut) && cameIn > 0 && wentOut < cameIn)
            minutes++;
        return minutes;
    }
}
