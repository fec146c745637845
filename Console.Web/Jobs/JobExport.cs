using System.Globalization;
using Microsoft.Net.Http.Headers;
using OpsConsole.Data;
using OpsConsole.Data.History.Search;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Configuration;
using OpsConsole.Web.Jobs.Search;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Jobs;

/// <summary>What a search finds as a file: written as it is read, whatever there is of it.</summary>
internal static class JobExport
{
    private const int PageSize = 500;
    private static readonly string[] Columns =
    [
        "job", "type", "state", "attempt", "queue", "worker", "host", "version", "created", "enqueued", "started", "at", "wait_ms", "run_ms",
        "exception", "message", "reason", "owner", "tags", "parent", "arguments",
    ];

    public static async Task WriteAsync(HttpContext http, JobSearch search, TimeProvider time, string? q = null)
    {
        var cancel = http.RequestAborted;
        var zone = ViewerChoices.From(http.Request);
        var viewer = new ViewerTime(time);
        viewer.Use(zone.Zone, zone.BrowserZone);
        var given = GivenSearch.Of(q, new SearchContext(time.GetUtcNow(), viewer.Zone, http.User.GetDisplayName()));
        if (given.Query is not { } query)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, $"The search cannot be read. At character {given.Faults[0].Position + 1}: {given.Faults[0].Message}");
            return;
        }
        SearchPage page;
        try
        {
            // The first page decides whether there will be a file at all: what fails here becomes a text that says so.
            page = await search.PageAsync(query, SearchCursor.Start, PageSize, cancel);
        }
        catch (JobStorageException e)
        {
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, e.Message);
            return;
        }
        if (WhyNotWhole(page) is { } why)
        {
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, why);
            return;
        }
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = string.Create(CultureInfo.InvariantCulture, $"jobs-{time.GetUtcNow():yyyy-MM-dd-HHmm}.csv"),
        }.ToString();
        await using var file = new CsvWriter(http.Response.Body);
        await HeadAsync(file, cancel);
        try
        {
            while (true)
            {
                foreach (var row in page.Rows) await RowAsync(file, row, cancel);
                if (page.Next is not { } next) return;
                page = await search.PageAsync(query, next, PageSize, cancel);
                if (WhyNotWhole(page) is not null) break;
            }
        }
        catch (Exception e) when (e is JobStorageException || ConsoleDatabase.IsAway(e))
        {
        }
        // A file that ends early must not look whole: the connection is cut, and the browser says that the download failed.
        http.Abort();
    }

    // A search whose time was up goes on with the next page; one that cannot go on has left out what is older.
    private static string? WhyNotWhole(SearchPage page) => page switch
    {
        { IsRedisAway: true } => "Redis does not answer, so that the file would lack what it knows. Try again when it is back.",
        { IsHistoryAway: true } => "The database does not answer, so that the file would lack what it knows. Try again when it is back.",
        { Problem: { } problem, Next: null or { IsPastOver: true } } => problem,
        _ => null,
    };

    private static async Task HeadAsync(CsvWriter file, CancellationToken cancel)
    {
        foreach (var column in Columns) file.Text(column);
        await file.EndRowAsync(cancel);
    }

    private static ValueTask RowAsync(CsvWriter file, JobRow row, CancellationToken cancel)
    {
        var (past, now) = (row.Past, row.Past is null ? row.Now : null);
        file.Text(row.Id).Text(row.Name).Text(past is null ? Links.StateName(row.State) : past.Outcome.ToString().ToLowerInvariant()).Number(row.Attempt)
            .Text(row.Queue).Text(row.Worker).Text(past?.Host).Text(past?.Version)
            .Time(past is null ? now!.CreatedAt : past.CreatedAt).Time(past?.EnqueuedAt).Time(past?.StartedAt).Time(row.At)
            .Number((long?)row.Waited?.TotalMilliseconds).Number((long?)row.Ran?.TotalMilliseconds)
            .Text(row.ErrorType).Text(row.ErrorMessage).Text(row.Reason).Text(past?.Owner).Text(past is null ? null : string.Join(' ', past.Tags)).Text(past?.ParentId)
            .Text(past is null ? ArgumentSummary.Json(now!.Arguments) : past.Arguments);
        return file.EndRowAsync(cancel);
    }

    private static async Task RefuseAsync(HttpContext http, int status, string why)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(why, http.RequestAborted);
    }
}
