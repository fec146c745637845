using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Web.Operations;

/// <summary>How mass operations are run. Bound from the section <c>Operations</c>.</summary>
public sealed class OperationOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Operations";

    /// <summary>Whether this process may run mass operations. Of those that may, one does.</summary>
    /// <value>Default true.</value>
    public bool Run { get; set; } = true;

    /// <summary>A console that has not been heard of for so long is replaced, in seconds.</summary>
    /// <value>Default 6.</value>
    [Range(2, 60)]
    public int LeaseSeconds { get; set; } = 6;

    /// <summary>How long operations that are over are kept, in days.</summary>
    /// <value>Default 90.</value>
    [Range(1, 3_650)]
    public int KeepDays { get; set; } = 90;
}
