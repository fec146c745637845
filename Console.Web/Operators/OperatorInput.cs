using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using OpsConsole.Data.Operators;

namespace OpsConsole.Web.Operators;

/// <summary>Checks what people type about accounts, and says what to do.</summary>
internal static class OperatorInput
{
    private static readonly EmailAddressAttribute Address = new();

    /// <summary>Null when all is well.</summary>
    public static string? Problem(string? email, string? displayName, string role = OperatorRole.Viewer) =>
        EmailProblem(email) ?? NameProblem(displayName) ?? (OperatorRole.All.Contains(role) ? null : $"There is no role '{role}'.");

    public static string? EmailProblem(string? email) => email?.Trim() switch
    {
        null or "" => "Enter an e-mail address.",
        { Length: > OperatorLimits.Email } => $"The e-mail address is longer than {OperatorLimits.Email} characters.",
        var text when !Address.IsValid(text) || text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c)) =>
            "This is not an e-mail address: it needs a name, an @ and a domain, without spaces.",
        _ => null,
    };

    public static string? NameProblem(string? name) => name?.Trim() switch
    {
        null or "" => "Enter a name.",
        { Length: > OperatorLimits.DisplayName } => $"The name is longer than {OperatorLimits.DisplayName} characters.",
        var text when text.Any(char.IsControl) || Data.StoredText.Clean(text, int.MaxValue) != text => "The name has a character that cannot be shown.",
        _ => null,
    };

    public static string? PasswordProblem(string? password, string? email) => password switch
    {
        null or { Length: < OperatorPolicy.PasswordLength } => $"The password is too short: take at least {OperatorPolicy.PasswordLength} characters. A few words in a row are fine.",
        { Length: > OperatorLimits.Password } => $"The password is longer than {OperatorLimits.Password} characters.",
        _ when password.Distinct().Count() < 5 => "The password repeats too few characters: use at least 5 different ones.",
        _ when email is { Length: > 0 } && password.Contains(email.Trim(), StringComparison.OrdinalIgnoreCase) => "The password contains the e-mail address. Take another.",
        _ => null,
    };

    public static string Describe(IdentityResult result) => string.Join(" ", result.Errors.Select(error => error.Code switch
    {
        nameof(IdentityErrorDescriber.DuplicateUserName) or nameof(IdentityErrorDescriber.DuplicateEmail) => "There is an account with this e-mail address already.",
        nameof(IdentityErrorDescriber.InvalidToken) => "The link is not good any more: it was used, replaced or has run out. Ask an administrator for a new one.",
        nameof(IdentityErrorDescriber.PasswordMismatch) => "The current password is wrong.",
        _ => error.Description,
    }).Distinct());
}
