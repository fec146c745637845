using System.Globalization;
using System.Net.Mime;
using System.Text;
using Microsoft.Net.Http.Headers;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Schedules.Files;

/// <summary>Schedules as a file: all of them, those that a filter leaves, or chosen ones. Written as they are read, whatever their number.</summary>
internal static class ScheduleExport
{
    private const int MostIds = 1_000;
    private const int FlushBytes = 64 * 1024;

    public static void MapScheduleExport(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/schedules/files/export", WriteAsync).RequireAuthorization(Permissions.View);

    private static async Task WriteAsync(HttpContext http, ScheduleStore store, TimeProvider time)
    {
        var ids = http.Request.Query["id"].Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).ToList();
        if (ids.Count > MostIds || ids.Contains(Guid.Empty))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsync($"Name at most {MostIds:N0} schedules by their ids, or use the filters.", http.RequestAborted);
            return;
        }
        var schedules = ids.Count > 0 ? store.ExportAsync(ids, http.RequestAborted) : store.ExportAsync(QueryOf(http.Request.Query), http.RequestAborted);
        await using var rows = schedules.GetAsyncEnumerator(http.RequestAborted);
        // The first row decides whether there will be a file at all: what fails here becomes a page that says so.
        var hasMore = await rows.MoveNextAsync();
        var name = ids.Count == 1 && hasMore ? SafeName(rows.Current.Name) : "schedules";
        http.Response.ContentType = MediaTypeNames.Application.Json;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = string.Create(CultureInfo.InvariantCulture, $"{name}-{time.GetUtcNow():yyyy-MM-dd}.json"),
        }.ToString();
        await WriteRowsAsync(http, rows, hasMore);
    }

    private static async Task WriteRowsAsync(HttpContext http, IAsyncEnumerator<Schedule> rows, bool hasMore)
    {
        var text = new StringBuilder($"{{\n  \"format\": {ScheduleFileReader.Format},\n  \"schedules\": [");
        for (var first = true; hasMore; hasMore = await rows.MoveNextAsync(), first = false)
        {
            text.Append(first ? "\n    " : ",\n    ").Append(Indented(rows.Current.Definition));
            if (text.Length < FlushBytes)
                continue;
            await http.Response.WriteAsync(text.ToString(), http.RequestAborted);
            text.Clear();
        }
        await http.Response.WriteAsync(text.Append("\n  ]\n}\n").ToString(), http.RequestAborted);
    }

    // Texts in JSON have no line breaks of their own, so each one is between members.
    private static string Indented(ScheduleDefinition definition) => ScheduleJson.Write(definition, indented: true).Replace("\n", "\n    ", StringComparison.Ordinal);

    private static ScheduleQuery QueryOf(IQueryCollection query) => new()
    {
        Text = Value(query, "q"),
        JobType = Value(query, "type"),
        Queue = Value(query, "queue"),
        Tag = Value(query, "tag"),
        Owner = Value(query, "owner"),
        State = Named<ScheduleState>(Value(query, "state")),
        LastOutcome = Named<JobOutcome>(Value(query, "outcome")),
        Source = Value(query, "source"),
    };

    private static string? Value(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } value ? value : null;

    private static T? Named<T>(string? name) where T : struct, Enum =>
        Enum.TryParse<T>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(name[0]) ? value : null;

    /// <summary>A name that every file system takes.</summary>
    private static string SafeName(string name)
    {
        var safe = new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')]);
        var parts = string.Join('-', safe.Split('-', StringSplitOptions.RemoveEmptyEntries));
        return parts.Length == 0 ? "schedule" : parts[..Math.Min(parts.Length, 80)];
    }
}
