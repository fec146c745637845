namespace OpsConsole.Data.Settings;

/// <summary>One value that all replicas of the console share.</summary>
public sealed class Setting
{
    public required string Key { get; init; }

    public required string Value { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>After this moment the setting counts as absent.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
}
