using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsConsole.Data.Audit;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("Audit");
        builder.Property(e => e.OperatorName).HasMaxLength(AuditLimits.Name);
        builder.Property(e => e.Kind).HasMaxLength(AuditLimits.Kind);
        builder.Property(e => e.TargetKind).HasMaxLength(AuditLimits.Kind);
        builder.Property(e => e.Target).HasMaxLength(AuditLimits.Target);
        builder.Property(e => e.Reason).HasMaxLength(AuditLimits.Reason);
        builder.Property(e => e.Message).HasMaxLength(AuditLimits.Message);
        builder.Property(e => e.RemoteAddress).HasMaxLength(AuditLimits.RemoteAddress);
        builder.Property(e => e.Result).HasConversion<string>().HasMaxLength(AuditLimits.Kind);
        builder.Property(e => e.Details).HasColumnType("jsonb");
        // The page reads newest first, by id; each filter keeps that order.
        builder.HasIndex(e => new { e.Kind, e.Id });
        builder.HasIndex(e => new { e.OperatorName, e.Id });
        builder.HasIndex(e => new { e.TargetKind, e.Target, e.Id });
        builder.HasIndex(e => e.Targets).HasMethod("gin");
    }
}
