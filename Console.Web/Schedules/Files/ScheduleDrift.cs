using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules.Files;

/// <summary>What operators have changed in a schedule since its source was imported.</summary>
public static class ScheduleDrift
{
    /// <summary>From the source to what is here; empty where there is no source or nothing has changed.</summary>
    public static IReadOnlyList<ChangedMember> Of(Schedule schedule) => schedule is { Source: not null, SourceDefinition: { } source }
        ? ScheduleDifference.Between(source, schedule.Definition)
        : [];
}
