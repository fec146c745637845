namespace OpsConsole.Web.Live;

/// <summary>Waits longer after each failure in a row: 100 ms, doubled up to 2 s.</summary>
public sealed class BackOff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    public TimeSpan Next { get; private set; } = First;

    public void Reset() => Next = First;

    public async Task WaitAsync(TimeProvider time, CancellationToken cancel)
    {
        var wait = Next;
        Next = wait * 2 < Longest ? wait * 2 : Longest;
        await Task.Delay(wait, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
