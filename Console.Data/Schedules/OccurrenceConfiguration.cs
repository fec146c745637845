using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsConsole.Data.Schedules;

/// <summary>
/// Written three times in its life (claimed, enqueued, settled), up to thousands of times a second. Hence no foreign key, whose check
/// would lock the schedule at every insert. Columns that change stay out of indexes and their filters where they can, and each page
/// has room for the second version of every row: PostgreSQL then leaves the indexes alone.
/// </summary>
internal sealed class OccurrenceConfiguration : IEntityTypeConfiguration<Occurrence>
{
    public void Configure(EntityTypeBuilder<Occurrence> builder)
    {
        builder.ToTable("Occurrences");
        builder.HasKey(o => new { o.ScheduleId, o.NominalAt, o.Origin });
        builder.Property(o => o.Kind).HasConversion<short>();
        builder.Property(o => o.State).HasConversion<short>();
        builder.Property(o => o.Outcome).HasConversion<short?>();
        builder.Property(o => o.Cause).HasMaxLength(ScheduleLimits.Cause);
        builder.Property(o => o.RequestedBy).HasMaxLength(ScheduleLimits.Operator);
        builder.Ignore(o => o.Identity);
        builder.HasStorageParameter("fillfactor", 50);
        builder.HasIndex(o => o.DueAt).HasMethod("brin").HasStorageParameter("autosummarize", true).HasStorageParameter("pages_per_range", 32);
        builder.HasIndex(o => new { o.ScheduleId, o.NominalAt, o.Origin }, "IX_Occurrences_Open").HasFilter("\"IsOpen\"");
        // What only few schedules have: nothing of these two changes before the job has ended.
        builder.HasIndex(o => o.DeadlineAt, "IX_Occurrences_Deadline").HasFilter("\"IsOpen\" AND \"DeadlineAt\" IS NOT NULL");
        builder.HasIndex(o => o.DueAt, "IX_Occurrences_Expiry").HasFilter("\"IsOpen\" AND \"ExpirySeconds\" IS NOT NULL");
        // The newest of all, and those of one schedule: rows that no healthy fleet has.
        builder.HasIndex(o => new { o.MissedAt, o.ScheduleId }, "IX_Occurrences_Missed").HasFilter("\"MissedAt\" IS NOT NULL");
        builder.HasIndex(o => new { o.ScheduleId, o.MissedAt }, "IX_Occurrences_MissedBySchedule").HasFilter("\"MissedAt\" IS NOT NULL");
    }
}
