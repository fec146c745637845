namespace OpsConsole.Web.Operations.Runner;

/// <summary>Shares out a rate over time. What was not used is lost after a second, so that no pause is followed by a burst.</summary>
internal sealed class Pace(TimeProvider time)
{
    private long _at = time.GetTimestamp();
    private double _saved;

    /// <summary>How many may go now, and how long until one more may when none may.</summary>
    /// <param name="perMinute">The rate; null: no limit.</param>
    /// <param name="wanted">Most that are taken.</param>
    public (int Count, TimeSpan Wait) Take(int? perMinute, int wanted)
    {
        if (perMinute is not { } rate)
            return (wanted, TimeSpan.Zero);
        var perSecond = rate / 60.0;
        _saved = Math.Min(_saved + (time.GetElapsedTime(_at).TotalSeconds * perSecond), Math.Max(1, perSecond));
        _at = time.GetTimestamp();
        var count = (int)Math.Min(_saved, wanted);
        _saved -= count;
        return (count, count > 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _saved) / perSecond));
    }
}
