using System.Globalization;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Schedules;

/// <summary>What an act on several schedules came to: the store says which ones changed, the others are named with the cause.</summary>
internal static class BulkAnswer
{
    /// <param name="done">What was done, as in "3 schedules are paused".</param>
    public static async Task<ScheduleAct> OfAsync(ScheduleStore store, IReadOnlyList<Guid> ids, IReadOnlyList<Guid> changed, string done, CancellationToken cancel)
    {
        var left = ids.Except(changed).ToList();
        var shown = await store.GetManyAsync([.. left.Take(OperationLimits.ListedRefusals).Concat(changed.Take(1))], cancel);
        var names = shown.ToDictionary(schedule => schedule.Id);
        var refusals = left.Take(OperationLimits.ListedRefusals).Select(id => Refusal(id, names.GetValueOrDefault(id), done)).ToList();
        return new ScheduleAct(new ScheduleResult
        {
            Accepted = changed.Count > 0,
            Done = changed.Count,
            Refused = left.Count,
            Refusals = refusals,
            Message = Message(ids, changed, refusals, names, done),
            Schedule = ids.Count == 1 ? names.GetValueOrDefault(ids[0]) : null,
        });
    }

    private static string Message(IReadOnlyList<Guid> ids, IReadOnlyList<Guid> changed, List<OperationRefusal> refusals, Dictionary<Guid, Schedule> names, string done)
    {
        if (changed.Count == 0)
            return ids.Count == 1 ? $"{refusals[0].Target}: {refusals[0].Message}" : $"None of the {Number(ids.Count)} schedules was {done}. First refusal: {refusals[0].Target}: {refusals[0].Message}";
        if (ids.Count == 1)
            return done == "acknowledged" ? $"What {names[changed[0]].Name} missed is acknowledged." : $"{names[changed[0]].Name} is {done}.";
        var all = $"{Number(changed.Count)} {(changed.Count == 1 ? "schedule is" : "schedules are")} {done}.";
        return refusals.Count == 0 ? all : $"{all} {Number(ids.Count - changed.Count)} left out; first: {refusals[0].Target}: {refusals[0].Message}";
    }

    private static OperationRefusal Refusal(Guid id, Schedule? schedule, string done) => schedule is null or { DeletedAt: not null }
        ? new OperationRefusal(schedule?.Name ?? id.ToString("D"), "There is no such schedule any more.")
        : new OperationRefusal(schedule.Name, done switch
        {
            "resumed" => "It is not paused.",
            "acknowledged" => "Nothing was missed that has not been acknowledged.",
            _ => $"It could not be {done}.",
        });

    private static string Number(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
