namespace OpsConsole.Data.History;

/// <summary>
/// Makes every text of a batch one that PostgreSQL takes, before any part sees it: a batch that is refused comes again for ever, and holds
/// up all that follow.
/// </summary>
internal static class StorableBatch
{
    public static HistoryBatch Of(HistoryBatch batch) => batch with
    {
        Attempts = [.. batch.Attempts.Select(Of)],
        Arrivals = [.. batch.Arrivals.Select(arrivals => arrivals with { Type = Name(arrivals.Type), Queue = Name(arrivals.Queue) })],
        HostStarts = [.. batch.HostStarts.Select(start => start with { Host = Name(start.Host), Version = Name(start.Version) })],
    };

    private static AttemptRow Of(AttemptRow row) => row with
    {
        JobId = Name(row.JobId),
        Type = Name(row.Type),
        TypeName = Name(row.TypeName),
        Queue = Name(row.Queue),
        Worker = Name(row.Worker),
        Host = Name(row.Host),
        Version = Name(row.Version),
        Owner = Name(row.Owner),
        ParentId = row.ParentId is null ? null : Name(row.ParentId),
        Arguments = Json(row.Arguments),
        Result = Json(row.Result),
        ErrorType = StoredText.Clean(row.ErrorType, AttemptLimits.ErrorType),
        ErrorMessage = StoredText.Clean(row.ErrorMessage, AttemptLimits.ErrorMessage),
        Stack = StoredText.Clean(row.Stack, AttemptLimits.Stack),
        Reason = StoredText.Clean(row.Reason, AttemptLimits.Reason),
        Tags = row.Tags.Count == 0 ? [] : [.. row.Tags.Take(AttemptLimits.Tags).Select(tag => StoredText.Clean(tag, AttemptLimits.Tag))],
        Failure = row.Failure is not { } failure ? null : failure with
        {
            Template = StoredText.Clean(failure.Template, AttemptLimits.ErrorMessage),
            Frame = StoredText.Clean(failure.Frame, AttemptLimits.Reason),
        },
    };

    private static string Name(string name) => StoredText.Clean(name, AttemptLimits.Name);

    private static string? Json(string? json) => json is null ? null : StoredJson.Clean(json, AttemptLimits.Json);
}
