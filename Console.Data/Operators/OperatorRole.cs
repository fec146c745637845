using Microsoft.AspNetCore.Identity;

namespace OpsConsole.Data.Operators;

/// <summary>What an operator may do; the roles come with the schema. Each operator has one.</summary>
public sealed class OperatorRole : IdentityRole<Guid>
{
    public const string Administrator = "Administrator";
    public const string Operator = "Operator";
    public const string Viewer = "Viewer";
    /// <summary>Sees figures, and nothing of what they are made of.</summary>
    public const string ProductOwner = "Product owner";

    /// <summary>From the most to the least powerful.</summary>
    public static IReadOnlyList<string> All { get; } = [Administrator, Operator, Viewer, ProductOwner];
}
