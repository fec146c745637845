using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsConsole.Data.Schedules;

internal sealed class ScheduleCursorConfiguration : IEntityTypeConfiguration<ScheduleCursor>
{
    public void Configure(EntityTypeBuilder<ScheduleCursor> builder)
    {
        builder.ToTable("ScheduleCursors");
        builder.HasKey(c => c.ScheduleId);
        builder.Property(c => c.LastState).HasConversion<short?>();
        builder.Property(c => c.LastOutcome).HasConversion<short?>();
        // Every fire updates its row: with no index to follow and room in the page, the new version stays beside the old one.
        builder.HasStorageParameter("fillfactor", 50);
    }
}
