using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Web.Schedules.Files;

/// <summary>The dry run of an import: reads the file, checks each schedule and compares it with what is here.</summary>
public sealed class ImportPlanner(ScheduleStore store, CheckContexts contexts, TimeProvider time) : IDisposable
{
    private const int ListedOnlyHere = 200;

    // A file may have a hundred thousand schedules; two such at once would be felt by everybody else.
    private readonly SemaphoreSlim _turn = new(1);

    public async Task<ImportPlan> PlanAsync(string fileName, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var file = await Task.Run(() => ScheduleFileReader.Read(bytes.Span), cancel);
            return file.Fault is not null
                ? new ImportPlan { File = fileName, Fault = file.Fault, Errors = [.. file.Rows.Where(row => row.Problems.Count > 0).Select(row => new FaultyRow(row.Row, row.Line, row.Name, row.Problems))] }
                : await CompareAsync(fileName, file.Rows, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<ImportPlan> CompareAsync(string fileName, IReadOnlyList<FileRow> rows, CancellationToken cancel)
    {
        var contextOf = await contexts.ForManyAsync(cancel);
        var named = rows.Where(row => row.Definition is not null && ImportNames.IsName(row.Name)).Select(row => row.Name).ToList();
        var here = (await store.FindByNamesAsync(named, cancel)).Values.ToDictionary(schedule => ImportNames.Key(schedule.Name), StringComparer.Ordinal);
        var (onlyHere, count) = await store.ExceptAsync([.. here.Values.Select(schedule => schedule.Id)], ListedOnlyHere, cancel);
        var (sound, faulty) = await Task.Run(() => Check(rows, here, contextOf), cancel);
        return new ImportPlan
        {
            File = fileName,
            Rows = sound,
            Errors = faulty,
            OnlyHere = [.. onlyHere.Select(schedule => new OnlyHere(schedule.Id, schedule.Name, schedule.Source))],
            OnlyHereCount = count,
        };
    }

    private (List<PlanRow> Sound, List<FaultyRow> Faulty) Check(
        IReadOnlyList<FileRow> rows, Dictionary<string, Schedule> here, Func<ScheduleDefinition, CheckContext> contextOf)
    {
        var warnings = new TimingWarningCache(time.GetUtcNow());
        var names = new Dictionary<string, FileRow>(StringComparer.Ordinal);
        var (sound, faulty) = (new List<PlanRow>(rows.Count), new List<FaultyRow>());
        foreach (var row in rows)
        {
            List<DefinitionProblem> problems = [.. row.Problems];
            if (ImportNames.IsName(row.Name) && !names.TryAdd(ImportNames.Key(row.Name), row))
                problems.Add(new("name", $"Row {names[ImportNames.Key(row.Name)].Row} of the file has this name too; names are unique, case ignored."));
            if (row.Definition is { } definition)
                problems.AddRange(ScheduleCheck.Check(definition, contextOf(definition)));
            if (problems.Exists(problem => !problem.IsWarning))
                faulty.Add(new FaultyRow(row.Row, row.Line, row.Name, [.. problems.Where(problem => !problem.IsWarning)]));
            else
                sound.Add(Compare(row, here.GetValueOrDefault(ImportNames.Key(row.Name)), [.. problems, .. warnings.Of(row.Definition!.When, contextOf(row.Definition).Calendars)]));
        }
        return (sound, faulty);
    }

    private static PlanRow Compare(FileRow row, Schedule? existing, IReadOnlyList<DefinitionProblem> warnings)
    {
        var definition = row.Definition!;
        if (existing is null)
            return new PlanRow(row.Row, row.Line, definition, PlanKind.New) { Warnings = warnings };
        var changes = ScheduleDifference.Between(existing.Definition, definition);
        return new PlanRow(row.Row, row.Line, definition, changes.Count == 0 ? PlanKind.Same : PlanKind.Changed)
        {
            ExistingId = existing.Id,
            ExistingVersion = existing.Version,
            Changes = changes,
            Drift = ScheduleDrift.Of(existing),
            Source = existing.Source,
            Warnings = warnings,
        };
    }
}
