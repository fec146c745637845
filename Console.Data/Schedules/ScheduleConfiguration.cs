using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsConsole.Data.Schedules;

internal sealed class ScheduleConfiguration : IEntityTypeConfiguration<Schedule>
{
    public const string NameIndex = "IX_Schedules_NameKey";
    private const string Living = "\"DeletedAt\" IS NULL";

    public void Configure(EntityTypeBuilder<Schedule> builder)
    {
        builder.ToTable("Schedules");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Name).HasMaxLength(ScheduleLimits.Name);
        builder.Property(s => s.NameKey);
        builder.Property(s => s.JobType).HasMaxLength(ScheduleLimits.JobType);
        builder.Property(s => s.Queue).HasMaxLength(ScheduleLimits.Queue);
        builder.Property(s => s.Owner).HasMaxLength(ScheduleLimits.Owner);
        builder.Property(s => s.PausedBy).HasMaxLength(ScheduleLimits.Operator);
        builder.Property(s => s.PauseNote).HasMaxLength(ScheduleLimits.Note);
        builder.Property(s => s.Source).HasMaxLength(ScheduleLimits.Source);
        builder.Property(s => s.SearchText);
        builder.Property(s => s.Timing);
        builder.Property(s => s.Calendars);
        builder.Property<ScheduleDefinition?>(s => s.Definition).IsRequired().HasDefinition();
        builder.Property(s => s.SourceDefinition).HasDefinition();
        builder.HasOne(s => s.Cursor).WithOne().HasForeignKey<ScheduleCursor>(c => c.ScheduleId);
        builder.HasMany<ScheduleVersion>().WithOne().HasForeignKey(v => v.ScheduleId);
        builder.HasMany<ScheduleBackfill>().WithOne().HasForeignKey(b => b.ScheduleId);
        builder.HasIndex(s => s.NameKey).IsUnique().HasFilter(Living).HasDatabaseName(NameIndex);
        builder.HasIndex(s => s.UpdatedAt);
        // Consoles ask all the time who has missed something that nobody has seen: answered from here, and not from the wide rows.
        builder.HasIndex(s => s.Id).IncludeProperties(nameof(Schedule.MissedSeenThrough)).HasFilter(Living).HasDatabaseName("IX_Schedules_Seen");
        builder.HasIndex(s => s.PausedAt).HasFilter("\"PausedAt\" IS NOT NULL");
        builder.HasIndex(s => s.JobType).HasFilter(Living);
        builder.HasIndex(s => s.Queue).HasFilter(Living);
        builder.HasIndex(s => s.Owner).HasFilter(Living);
        builder.HasIndex(s => s.Tags).HasMethod("gin").HasFilter(Living);
        builder.HasIndex(s => s.Calendars).HasMethod("gin").HasFilter(Living);
    }
}
