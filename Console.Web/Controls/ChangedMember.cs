namespace OpsConsole.Web.Controls;

/// <summary>One member in which two definitions differ, as text.</summary>
/// <param name="Path">Member as the JSON of definitions names it.</param>
/// <param name="Before">Null when it was not there.</param>
/// <param name="After">Null when it is not there any more.</param>
public sealed record ChangedMember(string Path, string? Before, string? After);
