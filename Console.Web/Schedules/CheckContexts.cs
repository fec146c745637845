using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Schedules;

/// <summary>Reads what definitions are checked against: job types, calendars, names.</summary>
public sealed class CheckContexts(ScheduleStore schedules, CalendarStore calendars, JobCatalogue catalogue)
{
    /// <summary>For one definition.</summary>
    /// <param name="id">The schedule that it belongs to; null: a new one.</param>
    public async Task<CheckContext> ForAsync(ScheduleDefinition definition, Guid? id, CancellationToken cancel = default)
    {
        var holder = string.IsNullOrWhiteSpace(definition.Name) ? null : await schedules.FindByNameAsync(definition.Name, cancel);
        var (isRead, type) = await FindTypeAsync(definition.Job.Type, cancel);
        return new CheckContext
        {
            JobType = type,
            IsCatalogueRead = isRead,
            Calendars = await DaysAsync(cancel),
            IsNameTaken = holder is not null && holder.Id != id,
        };
    }

    /// <summary>For any number of definitions; whether their names are taken is the caller's to say.</summary>
    public async Task<Func<ScheduleDefinition, CheckContext>> ForManyAsync(CancellationToken cancel = default)
    {
        var (isRead, types) = await TypesAsync(cancel);
        var common = new CheckContext { IsCatalogueRead = isRead, Calendars = await DaysAsync(cancel) };
        return definition => common with { JobType = types.GetValueOrDefault(definition.Job.Type) };
    }

    /// <summary>Days of every calendar by its name.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlySet<DateOnly>>> DaysAsync(CancellationToken cancel = default) =>
        (await calendars.ListAsync(cancel)).ToDictionary(
            calendar => calendar.Name, calendar => (IReadOnlySet<DateOnly>)calendar.Days.Select(day => day.Date).ToHashSet(), StringComparer.Ordinal);

    private async Task<(bool IsRead, JobType? Type)> FindTypeAsync(string name, CancellationToken cancel)
    {
        try
        {
            return (true, name.Length == 0 ? null : await catalogue.FindAsync(name, cancel));
        }
        catch (JobStorageException)
        {
            return (false, null);
        }
    }

    private async Task<(bool IsRead, Dictionary<string, JobType> Types)> TypesAsync(CancellationToken cancel)
    {
        var types = new Dictionary<string, JobType>(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (var type in await catalogue.GetAsync(cancel))
                (types[type.Key], types[type.Name]) = (type, type);
            return (true, types);
        }
        catch (JobStorageException)
        {
            return (false, types);
        }
    }
}
