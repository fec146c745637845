namespace OpsConsole.Web.Live;

/// <summary>A ring of equal steps of time. What is older than the ring, or ahead of the clock by more than it, is left out.</summary>
public sealed class Timeline(TimeSpan step, int length)
{
    private readonly TimeBucket?[] _ring = new TimeBucket?[length];
    private long _newest = -1;

    public TimeSpan Step => step;

    /// <summary>The step that holds this moment, made when it is new; null when it has left the ring.</summary>
    public TimeBucket? At(DateTimeOffset moment)
    {
        var index = IndexOf(moment);
        if (_newest < 0)
            _newest = index;
        if (index <= _newest - length || index < 0)
            return null;
        for (var clear = Math.Max(_newest + 1, index - length + 1); clear <= index; clear++)
            _ring[clear % length]?.Clear();
        _newest = Math.Max(_newest, index);
        return _ring[index % length] ??= new TimeBucket();
    }

    /// <summary>The sum of all steps that begin in <c>[from, to)</c>.</summary>
    public TimeBucket Sum(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = new TimeBucket();
        var last = Math.Min(IndexOf(to.AddTicks(-1)), _newest);
        for (var index = Math.Max(Math.Max(IndexOf(from), 0), _newest - length + 1); index <= last; index++)
            if (_ring[index % length] is { } bucket)
                sum.AddAll(bucket);
        return sum;
    }

    private long IndexOf(DateTimeOffset moment) => moment.UtcTicks / step.Ticks;
}
