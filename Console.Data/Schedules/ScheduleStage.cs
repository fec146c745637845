namespace OpsConsole.Data.Schedules;

/// <summary>One row of an import as it goes into the staging table.</summary>
internal sealed record ScheduleStage(int Row, Guid Id, bool IsNew, int? Expected, ScheduleDefinition Definition, bool Paused)
{
    public static ScheduleStage Of(int row, ScheduleImport import, DateTimeOffset now) => new(
        row, import.ExistingId ?? Guid.CreateVersion7(now), import.ExistingId is null, import.ExpectedVersion, ScheduleText.Clean(import.Definition), import.Paused);
}
