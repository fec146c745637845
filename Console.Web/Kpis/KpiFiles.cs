using System.Globalization;
using Microsoft.Net.Http.Headers;
using OpsConsole.Web.Configuration;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Kpis;

/// <summary>A report as a file: CSV with one figure a line, for programs, or a workbook with one sheet a table, for people.</summary>
internal static class KpiFiles
{
    /// <summary>Owners, tags and schedules in a file.</summary>
    private const int Most = 500;

    public static void MapKpiFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/kpis/file.{format:regex(^(csv|xlsx)$)}", WriteAsync).RequireAuthorization(Permissions.ViewFigures);

    private static async Task WriteAsync(HttpContext http, string format, KpiReader reader, ViewerTime viewer)
    {
        var choices = ViewerChoices.From(http.Request);
        viewer.Use(choices.Zone, choices.BrowserZone);
        var period = KpiPeriod.Read(http.Request.Query["period"], http.Request.Query["day"], DateOnly.FromDateTime(viewer.Local(viewer.Now).DateTime));
        var tables = KpiTables.Of(await reader.ReadAsync(period, viewer.Zone, Most, http.RequestAborted));
        http.Response.ContentType = format == "csv" ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = string.Create(CultureInfo.InvariantCulture, $"service-report-{period.Kind.ToString().ToLowerInvariant()}-{period.First:yyyy-MM-dd}.{format}"),
        }.ToString();
        if (format == "csv")
            await WriteCsvAsync(http, tables);
        else
            await http.Response.Body.WriteAsync(KpiWorkbook.Write(tables), http.RequestAborted);
    }

    private static async Task WriteCsvAsync(HttpContext http, IReadOnlyList<KpiTable> tables)
    {
        await using var csv = new CsvWriter(http.Response.Body);
        await csv.Text("table").Text("name").Text("figure").Text("value").Text("unit").EndRowAsync(http.RequestAborted);
        foreach (var table in tables)
        {
            foreach (var (name, cells) in table.Rows)
            {
                foreach (var (cell, (header, unit)) in cells.Zip(table.Columns))
                {
                    csv.Text(table.Title).Text(name).Text(header);
                    var value = cell.Text is { } text ? csv.Text(text) : csv.Number(cell.Number, 6);
                    await value.Text(unit.ToString().ToLowerInvariant()).EndRowAsync(http.RequestAborted);
                }
            }
        }
    }
}
