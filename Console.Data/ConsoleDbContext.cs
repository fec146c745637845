using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Keys;
using OpsConsole.Data.Operators;
using OpsConsole.Data.Schedules;
using OpsConsole.Data.Settings;

namespace OpsConsole.Data;

/// <summary>What the console remembers. The job data itself stays in Redis.</summary>
public sealed class ConsoleDbContext(DbContextOptions<ConsoleDbContext> options)
    : IdentityDbContext<Operator, OperatorRole, Guid>(options)
{
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    public DbSet<Schedule> Schedules => Set<Schedule>();

    public DbSet<ScheduleVersion> ScheduleVersions => Set<ScheduleVersion>();

    public DbSet<ScheduleCalendar> ScheduleCalendars => Set<ScheduleCalendar>();

    public DbSet<ScheduleBackfill> ScheduleBackfills => Set<ScheduleBackfill>();

    public DbSet<Occurrence> Occurrences => Set<Occurrence>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ConsoleDbContext).Assembly);
    }
}
