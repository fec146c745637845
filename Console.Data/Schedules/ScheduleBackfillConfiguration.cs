using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsConsole.Data.Schedules;

internal sealed class ScheduleBackfillConfiguration : IEntityTypeConfiguration<ScheduleBackfill>
{
    public void Configure(EntityTypeBuilder<ScheduleBackfill> builder)
    {
        builder.ToTable("ScheduleBackfills");
        builder.Property(b => b.Id).ValueGeneratedNever();
        builder.Property(b => b.Overlap).HasConversion<short>();
        builder.Property(b => b.RequestedBy).HasMaxLength(ScheduleLimits.Operator);
        builder.Property(b => b.Why).HasMaxLength(ScheduleLimits.Note);
        builder.HasIndex(b => new { b.ScheduleId, b.RequestedAt });
    }
}
