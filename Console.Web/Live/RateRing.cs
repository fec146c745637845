namespace OpsConsole.Web.Live;

/// <summary>Two counts per step over the last steps: what came in and what went out (or failed and ended).</summary>
public sealed class RateRing(int stepSeconds, int length)
{
    private readonly int[] _in = new int[length];
    private readonly int[] _out = new int[length];
    private long _newest = -1;

    public void Add(DateTimeOffset at, int cameIn, int wentOut)
    {
        var index = at.ToUnixTimeSeconds() / stepSeconds;
        if (_newest >= 0 && index <= _newest - length)
            return;
        Advance(index);
        _in[index % length] += cameIn;
        _out[index % length] += wentOut;
    }

    /// <summary>Both counts over this many steps before the one that <paramref name="now"/> is in, which is left out, skipping the newest <paramref name="skip"/>.</summary>
    public (int In, int Out) Last(DateTimeOffset now, int steps, int skip = 0)
    {
        Advance(now.ToUnixTimeSeconds() / stepSeconds);
        int cameIn = 0, wentOut = 0;
        for (var index = _newest - 1 - skip; index >= Math.Max(_newest - length + 1, _newest - skip - steps) && index >= 0; index--)
        {
            cameIn += _in[index % length];
            wentOut += _out[index % length];
        }
        return (cameIn, wentOut);
    }

    private void Advance(long index)
    {
        if (_newest < 0)
            _newest = index;
        for (var clear = Math.Max(_newest + 1, index - length + 1); clear <= index; clear++)
            _in[clear % length] = _out[clear % length] = 0;
        _newest = Math.Max(_newest, index);
    }
}
