using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsConsole.Data.Schedules;

internal sealed class ScheduleVersionConfiguration : IEntityTypeConfiguration<ScheduleVersion>
{
    public void Configure(EntityTypeBuilder<ScheduleVersion> builder)
    {
        builder.ToTable("ScheduleVersions");
        builder.HasKey(v => new { v.ScheduleId, v.Version });
        builder.Property(v => v.By).HasMaxLength(ScheduleLimits.Operator);
        builder.Property(v => v.Why).HasMaxLength(ScheduleLimits.Note);
        builder.Property<ScheduleDefinition?>(v => v.Definition).IsRequired().HasDefinition();
    }
}
