namespace OpsConsole.Web.Operators;

/// <summary>An operator as the users page lists them.</summary>
/// <param name="HasPassword">False until an invited person has chosen one.</param>
/// <param name="LockedUntil">After too many wrong passwords; null when not locked now.</param>
public sealed record OperatorRow(
    Guid Id, string Email, string DisplayName, string Role, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt,
    DateTimeOffset? DisabledAt, DateTimeOffset? LockedUntil, bool HasPassword);
