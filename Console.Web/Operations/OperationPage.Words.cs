using System.Globalization;
using OpsConsole.Data.Operations;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Operations;

// What the page says.
public partial class OperationPage
{
    private string Address(BulkItemState? state, int? after) => Links.Operation(Id) + Links.Query(
        ("state", state?.ToString().ToLowerInvariant()), ("after", after?.ToString(CultureInfo.InvariantCulture)));

    private static IEnumerable<(BulkItemState? Value, string Text, int Count)> Tabs(BulkOperation operation)
    {
        yield return (null, "All", operation.Total);
        foreach (var (state, text) in (IEnumerable<(BulkItemState, string)>)
        [
            (BulkItemState.Succeeded, "Succeeded"), (BulkItemState.FailedAgain, "Failed again"), (BulkItemState.Deleted, "Deleted since"), (BulkItemState.Unknown, "Not known"),
        ])
        {
            if (operation.Of(state) > 0 || (state == BulkItemState.FailedAgain && operation.IsRetry))
                yield return (state, text, operation.Of(state));
        }
        foreach (var state in Enum.GetValues<BulkItemState>().Where(state => state.IsLeftOut() && operation.Of(state) > 0))
            yield return (state, BulkWords.Item(operation, new BulkItem(0, "", state, null)).Word, operation.Of(state));
    }

    private static Dictionary<BulkItemState, int> LeftOutOf(BulkOperation operation) =>
        Enum.GetValues<BulkItemState>().Where(state => state.IsLeftOut()).ToDictionary(state => state, operation.Of);

    private static string Found(BulkOperation operation) => operation.Draft.Source switch
    {
        BulkSource.Group => "Failed jobs in this group",
        BulkSource.Search => "Jobs that the search found",
        BulkSource.Operation => "Jobs that failed again",
        _ => "Selected jobs",
    };

    private static string? Pace(BulkOperation operation)
    {
        if (operation is not { FirstActedAt: { } first, ActedAt: { } last } || operation.Done < 2 || last <= first)
            return null;
        var perSecond = operation.Done / (last - first).TotalSeconds;
        var pace = perSecond >= 2 ? $"{NumberText.Measure(perSecond)} a second" : $"{NumberText.Measure(perSecond * 60)} a minute";
        if (operation.State != BulkState.Running || operation.NotStarted == 0 || operation.Step < BulkSteps.Last)
            return operation.NotStarted == 0 ? $"{pace} on average" : null;
        var cap = operation.Draft.PerMinute is { } perMinute ? Math.Min(perSecond, perMinute / 60.0) : perSecond;
        return $"{pace} · about {TimeText.Elapsed(TimeSpan.FromSeconds(operation.NotStarted / cap))} to go";
    }

    private static string Judged(BulkOperation operation)
    {
        var failed = operation.Recent.Count(end => end == 'f');
        var share = $"{NumberText.Count(failed)} of {NumberText.Count(operation.Recent.Length)} failed again ({NumberText.Measure(100.0 * failed / operation.Recent.Length)} %).";
        return operation.Draft.StopPercent is { } percent ? $"{share} It stops by itself above {percent} %." : share;
    }

    private static string ContinueText(BulkOperation operation) => BulkSteps.SizeOf(operation.Step + 1) is { } size
        ? $"Continue with {NumberText.Of(Math.Min(size, operation.NotStarted), "job", "jobs")}"
        : $"Continue with all {NumberText.Count(operation.NotStarted)}";

    private static string? ContinueTitle(BulkOperation operation, bool may) =>
        !may ? "Your role does not allow it" : operation.State == BulkState.Waiting ? null : "Opens when the jobs of this step have ended";
}
