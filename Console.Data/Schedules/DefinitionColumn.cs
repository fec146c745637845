using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsConsole.Data.Schedules;

internal static class DefinitionColumn
{
    private static readonly ValueComparer<ScheduleDefinition?> BySense = new(
        (a, b) => ScheduleJson.Same(a, b), definition => definition == null ? 0 : definition.Name.GetHashCode(StringComparison.Ordinal));

    /// <summary>
    /// A column of the type json, not jsonb: the text comes back as it was written, arguments with every escape and in their order,
    /// and nothing searches it.
    /// </summary>
    public static void HasDefinition(this PropertyBuilder<ScheduleDefinition?> property) =>
        property.HasColumnType("json").HasConversion(definition => ScheduleJson.Write(definition!, false), text => ScheduleJson.Read(text), BySense);
}
