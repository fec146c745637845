using System.Collections.Concurrent;

namespace OpsConsole.Web.Live;

/// <summary>Tells any number of subscribers that something changed, without waiting for one of them.</summary>
public sealed class LiveSignal(TimeProvider time)
{
    private readonly ConcurrentDictionary<LiveSubscription, byte> _subscriptions = new();

    public int Count => _subscriptions.Count;

    public TimeSpan Delivery => _subscriptions.IsEmpty ? TimeSpan.Zero : _subscriptions.Keys.Max(one => one.Delivery);

    public LiveSubscription Subscribe(Func<Task> changed)
    {
        var subscription = new LiveSubscription(changed, time, one => _subscriptions.TryRemove(one, out _));
        _subscriptions.TryAdd(subscription, 0);
        return subscription;
    }

    public void Raise()
    {
        foreach (var (subscription, _) in _subscriptions)
            subscription.Signal();
    }
}
