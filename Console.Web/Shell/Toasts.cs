namespace OpsConsole.Web.Shell;

/// <summary>How a toast is meant.</summary>
public enum ToastKind { Done, Requested, Refused, Failed }

/// <summary>One short message.</summary>
public sealed record Toast(long Id, ToastKind Kind, string Text, string? Href, string? HrefText);

/// <summary>Short messages about what was just done; <see cref="ToastHost"/> shows the newest few. Refusals stay until they are closed.</summary>
public sealed class Toasts(TimeProvider clock) : IDisposable
{
    private const int Most = 4;
    private static readonly TimeSpan Stays = TimeSpan.FromSeconds(7);
    private readonly Lock _lock = new();
    private readonly List<(Toast Toast, ITimer? Timer)> _shown = [];
    private long _lastId;

    public event Action? Changed;

    public IReadOnlyList<Toast> Shown
    {
        get { lock (_lock) return [.. _shown.Select(entry => entry.Toast)]; }
    }

    public void Show(ToastKind kind, string text, string? href = null, string? hrefText = null)
    {
        lock (_lock)
        {
            var toast = new Toast(++_lastId, kind, text, href, hrefText);
            var timer = kind is ToastKind.Done or ToastKind.Requested
                ? clock.CreateTimer(_ => Close(toast.Id), null, Stays, Timeout.InfiniteTimeSpan)
                : null;
            _shown.Add((toast, timer));
            if (_shown.Count > Most) Remove(0);
        }
        Changed?.Invoke();
    }

    public void Close(long id)
    {
        lock (_lock)
        {
            var index = _shown.FindIndex(entry => entry.Toast.Id == id);
            if (index < 0) return;
            Remove(index);
        }
        Changed?.Invoke();
    }

    public void Dispose()
    {
        lock (_lock)
            while (_shown.Count > 0) Remove(0);
    }

    private void Remove(int index)
    {
        _shown[index].Timer?.Dispose();
        _shown.RemoveAt(index);
    }
}
