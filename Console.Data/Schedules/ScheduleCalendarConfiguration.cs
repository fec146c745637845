using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsConsole.Data.Schedules;

internal sealed class ScheduleCalendarConfiguration : IEntityTypeConfiguration<ScheduleCalendar>
{
    public void Configure(EntityTypeBuilder<ScheduleCalendar> builder)
    {
        builder.ToTable("ScheduleCalendars");
        builder.HasKey(c => c.Name);
        builder.Property(c => c.Name).HasMaxLength(ScheduleLimits.CalendarName);
        builder.Property(c => c.NameKey);
        builder.Property(c => c.Description).HasMaxLength(ScheduleLimits.Description);
        builder.Property(c => c.UpdatedBy).HasMaxLength(ScheduleLimits.Operator);
        builder.Property(c => c.Days).HasColumnType("json").HasConversion(
            days => JsonSerializer.Serialize(days, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<IReadOnlyList<CalendarDay>>(text, JsonSerializerOptions.Web)!,
            new ValueComparer<IReadOnlyList<CalendarDay>>((a, b) => a!.SequenceEqual(b!), days => days.Count));
        builder.HasIndex(c => c.NameKey).IsUnique();
    }
}
