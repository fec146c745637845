using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules.Details;

/// <summary>A version together with what it changed.</summary>
/// <param name="Version">The version.</param>
/// <param name="Changes">Against the version before it; null for the first one and for one whose predecessor is not at hand.</param>
public sealed record VersionView(ScheduleVersion Version, IReadOnlyList<ChangedMember>? Changes);
