using Microsoft.AspNetCore.Identity;

namespace OpsConsole.Data.Operators;

/// <summary>A person who may sign in. The user name is the e-mail address.</summary>
public sealed class Operator : IdentityUser<Guid>
{
    /// <summary>How the person is called in the console and in the audit.</summary>
    public string DisplayName { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>Set when an administrator has taken the access away; different from a lock-out, which ends by itself.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    public bool IsDisabled => DisabledAt is not null;
}
