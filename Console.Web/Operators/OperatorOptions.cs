using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Web.Operators;

/// <summary>Signing in and staying signed in. Bound from the section <c>Operators</c>.</summary>
public sealed class OperatorOptions
{
    public const string Section = "Operators";

    /// <summary>Address that people reach the console at, for printed links. Empty: the address it listens on.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>A session ends after this long without a request.</summary>
    [Range(1, 720)]
    public int SessionHours { get; set; } = 12;

    /// <summary>A changed role, a changed password and a disabled account reach open sessions within this time.</summary>
    [Range(1, 3_600)]
    public int RevalidateSeconds { get; set; } = 60;

    /// <summary>So many wrong passwords in a row lock an account.</summary>
    [Range(1, 100)]
    public int LockoutFailures { get; set; } = 5;

    [Range(1, 1_440)]
    public int LockoutMinutes { get; set; } = 10;

    /// <summary>Sign-in, set-up and password forms that one address may send in a minute.</summary>
    [Range(1, 10_000)]
    public int SignInAttemptsPerMinute { get; set; } = 20;

    [Range(1, 720)]
    public int SetUpLinkHours { get; set; } = 24;

    /// <summary>How long a link by which a person chooses a password is good.</summary>
    [Range(1, 720)]
    public int PasswordLinkHours { get; set; } = 24;
}
