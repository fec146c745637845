using System.Security.Claims;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Operators;
using OpsConsole.Data.Schedules;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Schedules;

namespace OpsConsole.Tests.Web.Schedules;

/// <summary>The console with what tests of schedules ask of it; no runner, so that nothing changes by itself.</summary>
public sealed class ScheduleSite : ConsoleSite
{
    private AsyncServiceScope _scope;

    public ScheduleActions Actions => _scope.ServiceProvider.GetRequiredService<ScheduleActions>();

    public ScheduleStore Store => Services.GetRequiredService<ScheduleStore>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _scope = Services.CreateAsyncScope();
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _scope.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Schedules:Run", "false");
    }

    public async Task<ClaimsPrincipal> UserAsync(string role = OperatorRole.Operator) => await PrincipalAsync(await AddOperatorAsync(role));

    public static ScheduleDefinition Definition(string name) => new()
    {
        Name = name,
        Job = new ScheduledJob { Type = "reports.generate", Arguments = """{"month":"june"}""" },
        When = new ScheduleTiming { Cron = ["0 2 * * *"] },
    };

    public async Task<Schedule> AddAsync(string name, Func<ScheduleDefinition, ScheduleDefinition>? change = null) =>
        (await Store.CreateAsync((change ?? (same => same))(Definition(name)), new ScheduleAuthor("test"), TestContext.Current.CancellationToken)).Schedule!;

    public async Task<List<AuditEntry>> EntriesAsync()
    {
        await using var context = await Contexts.CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await context.Audit.OrderBy(entry => entry.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    public async Task<List<Occurrence>> OccurrencesAsync()
    {
        await using var context = await Contexts.CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await context.Occurrences.AsNoTracking().OrderBy(occurrence => occurrence.NominalAt).ToListAsync(TestContext.Current.CancellationToken);
    }
}
