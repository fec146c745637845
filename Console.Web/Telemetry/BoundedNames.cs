using System.Collections.Concurrent;

namespace OpsConsole.Web.Telemetry;

/// <summary>
/// The first so many different names; whatever comes later is "(other)". A label whose values come from job hosts must not grow for ever,
/// and a name that had its own series keeps it.
/// </summary>
internal sealed class BoundedNames(int most)
{
    public const string Other = "(other)";

    private readonly ConcurrentDictionary<string, byte> _names = new(StringComparer.Ordinal);

    public string Of(string name)
    {
        if (_names.ContainsKey(name))
            return name;
        if (_names.Count >= most)
            return Other;
        _names.TryAdd(name, 0);
        return name;
    }
}
