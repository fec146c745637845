namespace OpsConsole.Web.Live;

/// <summary>
/// An immutable summary that changes: readers take <see cref="Current"/> whenever they are told that there is a newer one.
/// </summary>
public abstract class LiveBoard<TSnapshot>(TSnapshot initial, TimeProvider time)
    where TSnapshot : class
{
    private readonly LiveSignal _signal = new(time);
    private TSnapshot _current = initial;

    public TSnapshot Current => Volatile.Read(ref _current);

    /// <summary>How many are being told.</summary>
    public int Subscribers => _signal.Count;

    /// <summary>From signal to the end of the callback, as the slowest recent subscriber took it.</summary>
    public TimeSpan Delivery => _signal.Delivery;

    /// <summary>Calls back after every change until the subscription is disposed; see <see cref="LiveSubscription"/>.</summary>
    public LiveSubscription Subscribe(Func<Task> changed) => _signal.Subscribe(changed);

    protected void Publish(TSnapshot next)
    {
        Replace(next);
        _signal.Raise();
    }

    /// <summary>Changes what readers see without telling them.</summary>
    protected void Replace(TSnapshot next) => Volatile.Write(ref _current, next);
}
