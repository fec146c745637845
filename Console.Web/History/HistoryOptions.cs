using System.ComponentModel.DataAnnotations;
using OpsConsole.Data.History;

namespace OpsConsole.Web.History;

/// <summary>How what happened is stored, and for how long. Bound from the section <c>History</c>.</summary>
public sealed class HistoryOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "History";

    /// <summary>Whether this process may store what happened. Of those that may, one does.</summary>
    /// <value>Default true.</value>
    public bool Run { get; set; } = true;

    /// <summary>A console that stores and has not been heard of for so long is replaced, in seconds.</summary>
    /// <value>Default 6.</value>
    [Range(2, 60)]
    public int LeaseSeconds { get; set; } = 6;

    /// <summary>How long attempts that succeeded are kept, in days.</summary>
    /// <value>Default 14.</value>
    [Range(1, 3_650)]
    public int KeepSucceededDays { get; set; } = 14;

    /// <summary>How long attempts that failed are kept, in days.</summary>
    /// <value>Default 90.</value>
    [Range(1, 3_650)]
    public int KeepFailedDays { get; set; } = 90;

    /// <summary>How long attempts are kept that were deleted, cancelled or given back, in days.</summary>
    /// <value>Default 14.</value>
    [Range(1, 3_650)]
    public int KeepOtherDays { get; set; } = 14;

    /// <summary>Longest arguments of an attempt as they are stored, in bytes of UTF-8.</summary>
    /// <value>Default 16,384.</value>
    [Range(256, 262_144)]
    public int MaxArgumentBytes { get; set; } = 16_384;

    /// <summary>Longest result as it is stored, in bytes of UTF-8.</summary>
    /// <value>Default 16,384.</value>
    [Range(256, 262_144)]
    public int MaxResultBytes { get; set; } = 16_384;

    /// <summary>Longest message of an exception as it is stored, in bytes of UTF-8.</summary>
    /// <value>Default 4,096.</value>
    [Range(256, 65_536)]
    public int MaxMessageBytes { get; set; } = 4_096;

    /// <summary>Longest text of an exception with its stack as it is stored, in bytes of UTF-8.</summary>
    /// <value>Default 32,768.</value>
    [Range(1_024, 262_144)]
    public int MaxStackBytes { get; set; } = 32_768;

    /// <summary>
    /// Names of fields whose values are not stored, separated by commas. Case, hyphens and underscores do not count, and a <c>*</c> in
    /// front or behind stands for anything.
    /// </summary>
    /// <value>Default: passwords, secrets, tokens, keys, connection strings, card numbers and the like.</value>
    [Required(AllowEmptyStrings = true)]
    public string SecretFields { get; set; } =
        "*password*, *passwd*, *passphrase*, *secret*, *token, *apikey*, *accesskey*, *privatekey*, *connectionstring*, *credential*, authorization, cookie, pin, cvv, cvc, cardnumber, iban";

    internal HistoryRetention Retention => new(KeepSucceededDays, KeepFailedDays, KeepOtherDays);
}
