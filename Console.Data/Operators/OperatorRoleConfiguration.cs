using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsConsole.Data.Operators;

internal sealed class OperatorRoleConfiguration : IEntityTypeConfiguration<OperatorRole>
{
    public void Configure(EntityTypeBuilder<OperatorRole> builder) => builder.HasData(
        Role("5b1b7c0e-6c0a-4d56-9d0a-2f0b5c9f0001", OperatorRole.Administrator),
        Role("5b1b7c0e-6c0a-4d56-9d0a-2f0b5c9f0002", OperatorRole.Operator),
        Role("5b1b7c0e-6c0a-4d56-9d0a-2f0b5c9f0003", OperatorRole.Viewer),
        Role("5b1b7c0e-6c0a-4d56-9d0a-2f0b5c9f0004", OperatorRole.ProductOwner));

    private static OperatorRole Role(string id, string name) => new()
    {
        Id = Guid.Parse(id),
        Name = name,
        NormalizedName = name.ToUpperInvariant(),
        // Fixed, or every build would see a model change.
        ConcurrencyStamp = id,
    };
}
