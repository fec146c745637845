namespace OpsConsole.Chaos.Mix;

/// <summary>A fault: does harm, and undoes it before it ends.</summary>
/// <param name="Name">As in the log.</param>
/// <param name="DoAsync">Draws from the given numbers alone, so that the seed decides.</param>
internal sealed record Trouble(string Name, Func<Random, Task> DoAsync);
