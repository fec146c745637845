using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsConsole.Data.Operators;

internal sealed class OperatorConfiguration : IEntityTypeConfiguration<Operator>
{
    public void Configure(EntityTypeBuilder<Operator> builder)
    {
        builder.Property(o => o.DisplayName).HasMaxLength(OperatorLimits.DisplayName).IsRequired();
        builder.Ignore(o => o.IsDisabled);
    }
}
