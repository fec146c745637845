using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsConsole.Data.Schedules;

internal sealed class RunnerLeaseConfiguration : IEntityTypeConfiguration<RunnerLease>
{
    public void Configure(EntityTypeBuilder<RunnerLease> builder)
    {
        builder.ToTable("RunnerLease");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Holder).HasMaxLength(ScheduleLimits.Operator);
        builder.Ignore(l => l.ReadAt);
        // Not for searching: an update that changes a unique column waits for everybody who holds the row FOR KEY SHARE, and other
        // updates do not. So a takeover waits for running fires, while a renewal passes them by.
        builder.HasIndex(l => l.Epoch).IsUnique();
        builder.HasData(new RunnerLease());
    }
}
