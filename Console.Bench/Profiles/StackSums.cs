namespace OpsConsole.Bench.Profiles;

/// <summary>One method of a profile.</summary>
/// <param name="Own">Milliseconds in itself.</param>
/// <param name="Within">Milliseconds in itself and in what it called.</param>
internal readonly record struct MethodSum(string Method, double Own, double Within);

/// <summary>Adds up stacks by method.</summary>
internal sealed class StackSums
{
    private readonly Dictionary<string, (double Own, double Within)> _methods = new(StringComparer.Ordinal);

    public double Total { get; private set; }

    /// <param name="stack">Methods, the innermost first.</param>
    /// <param name="milliseconds">How long it stood like this.</param>
    public void Add(IReadOnlyList<string> stack, double milliseconds)
    {
        if (stack.Count == 0 || milliseconds <= 0)
            return;
        Total += milliseconds;
        // A method that calls itself was there once, not twice.
        foreach (var method in stack.Distinct(StringComparer.Ordinal))
        {
            var (own, within) = _methods.GetValueOrDefault(method);
            _methods[method] = (method == stack[0] ? own + milliseconds : own, within + milliseconds);
        }
    }

    /// <summary>Those that took most by themselves.</summary>
    public IReadOnlyList<MethodSum> TopOwn(int count) => Top(count, method => method.Own);

    /// <summary>Those that took most together with what they called.</summary>
    public IReadOnlyList<MethodSum> TopWithin(int count) => Top(count, method => method.Within);

    private MethodSum[] Top(int count, Func<MethodSum, double> by) =>
        [.. _methods.Select(method => new MethodSum(method.Key, method.Value.Own, method.Value.Within)).Where(method => by(method) > 0)
            .OrderByDescending(by).ThenBy(method => method.Method, StringComparer.Ordinal).Take(count)];
}
