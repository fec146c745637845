namespace OpsConsole.Chaos.Deaths;

/// <summary>Scripts at which <c>failpoints</c> lets somebody die. Every script that changes something stands here, or in docs/chaos.md with the reason why not.</summary>
internal static class ScriptSteps
{
    /// <summary>By workers; claims and ends of attempts are one script. What the first one leaves behind takes longest to be found.</summary>
    public static IReadOnlyList<string> OfWorkers { get; } =
        ["sweep-repair", "sweep-turn", "finish", "giveback", "renew", "progress", "promote-due", "recover", "worker-start", "worker-stop"];

    /// <summary>By the console, by itself.</summary>
    public static IReadOnlyList<string> OfConsoles { get; } = ["enqueue", "retry-many", "delete-many"];

    /// <summary>By the console, on the word of an operator, who then looks what became of it.</summary>
    public static IReadOnlyList<string> OfOperators { get; } = ["retry", "delete", "cancel", "pause", "resume"];
}
