namespace OpsConsole.Jobs.Client;

/// <summary>Arguments that fit, or what is wrong with them.</summary>
/// <param name="Values">JSON text for each parameter in order, null where the worker fills in; empty when there are problems.</param>
/// <param name="Problems">Faults, at most 50; empty when the arguments fit.</param>
public sealed record ArgumentBinding(IReadOnlyList<string?> Values, IReadOnlyList<ArgumentProblem> Problems)
{
    /// <summary>Whether the arguments fit.</summary>
    public bool IsSound => Problems.Count == 0;

    internal static ArgumentBinding Refused(string path, string message) => new([], [new ArgumentProblem(path, message)]);
}
