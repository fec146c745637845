using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Live;

/// <summary>Friendly names for the types that events carry.</summary>
public sealed class JobNames
{
    private Dictionary<string, string> _names = [];

    public void Reset(IEnumerable<JobType> types) =>
        _names = types.GroupBy(type => WithoutParameters(type.Key), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Name, StringComparer.Ordinal);

    /// <summary>The published name, else <c>Type.Method</c> without the namespace, else "unknown".</summary>
    public string Of(string type)
    {
        if (_names.TryGetValue(type, out var name))
            return name;
        var method = type.LastIndexOf('.');
        var @namespace = method <= 0 ? -1 : type.LastIndexOf('.', method - 1);
        return type.Length == 0 ? "unknown" : type[(@namespace + 1)..];
    }

    private static string WithoutParameters(string key)
    {
        var parenthesis = key.IndexOf('(', StringComparison.Ordinal);
        return parenthesis < 0 ? key : key[..parenthesis];
    }
}
