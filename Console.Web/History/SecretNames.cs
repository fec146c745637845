using System.Collections.Concurrent;

namespace OpsConsole.Web.History;

/// <summary>Tells by its name whether the value of a field is a secret. Names come from the hosts, so what is remembered of them is bounded.</summary>
public sealed class SecretNames
{
    private const int MaxRemembered = 10_000;
    private readonly Pattern[] _patterns;
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <param name="list">Patterns, separated by commas; see <see cref="HistoryOptions.SecretFields"/>.</param>
    public SecretNames(string list) =>
        _patterns = [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Read).Where(pattern => pattern.Text.Length > 0)];

    public bool IsSecret(string name)
    {
        if (_known.TryGetValue(name, out var isSecret))
            return isSecret;
        if (_known.Count >= MaxRemembered)
            _known.Clear();
        return _known[name] = IsNew(Plain(name));
    }

    private bool IsNew(string name) => _patterns.Any(pattern => pattern.Matches(name));

    private static Pattern Read(string text) => new(Plain(text.Trim('*')), text.StartsWith('*'), text.EndsWith('*'));

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private readonly record struct Pattern(string Text, bool IsOpenBefore, bool IsOpenBehind)
    {
        public bool Matches(string name) => (IsOpenBefore, IsOpenBehind) switch
        {
            (true, true) => name.Contains(Text, StringComparison.Ordinal),
            (true, false) => name.EndsWith(Text, StringComparison.Ordinal),
            (false, true) => name.StartsWith(Text, StringComparison.Ordinal),
            _ => name == Text,
        };
    }
}
