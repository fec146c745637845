using System.IO.Compression;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Figures.Targets;
using OpsConsole.Data.Operators;
using OpsConsole.Data.Schedules;
using OpsConsole.Tests.Web.Schedules;
using OpsConsole.Web.Kpis;

namespace OpsConsole.Tests.Web.Kpis;

/// <summary>The report on the site: who sees it, what its files hold, who sets targets.</summary>
public sealed class KpiSiteTests : IAsyncLifetime
{
    private readonly ScheduleSite _site = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_product_owner_sees_the_report_and_nothing_of_what_it_is_made_of()
    {
        var visitor = await _site.VisitAsync(await _site.AddOperatorAsync(OperatorRole.ProductOwner));

        var first = await visitor.OpenAsync("/");
        Assert.Equal((HttpStatusCode.Redirect, "/kpis"), (first.StatusCode, first.Headers.Location?.ToString()));
        var page = await visitor.ReadAsync("/kpis");
        Assert.Contains("Service report", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-quick-open", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/jobs\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync("/account")).StatusCode);
        foreach (var closed in (string[])["/jobs", "/failures", "/schedules", "/workers", "/audit", "/users", "/schedules/files/export"])
            Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync(closed)).StatusCode);
    }

    [Fact]
    public async Task Files_hold_no_formulas()
    {
        await MissedAsync("=HYPERLINK(1)", "+owner");
        var visitor = await _site.VisitAsync(await _site.AddOperatorAsync(OperatorRole.ProductOwner));

        var csv = await visitor.OpenAsync("/kpis/file.csv");
        var xlsx = await visitor.OpenAsync("/kpis/file.xlsx");

        Assert.Matches("^service-report-month-\\d{4}-\\d\\d-01\\.csv$", csv.Content.Headers.ContentDisposition?.FileName);
        var text = await csv.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("Schedules not on time,'=HYPERLINK(1),Owner,'+owner,text", text, StringComparison.Ordinal);
        Assert.Contains("Schedules not on time,'=HYPERLINK(1),Missed,1,count", text, StringComparison.Ordinal);
        using var workbook = new ZipArchive(await xlsx.Content.ReadAsStreamAsync(Cancel));
        var sheet = await SheetWithAsync(workbook, "=HYPERLINK(1)");
        Assert.Contains("t=\"inlineStr\"", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("<x:f>", sheet, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync("/kpis/file.exe")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await _site.Visit().OpenAsync("/kpis/file.csv")).StatusCode);
    }

    [Fact]
    public async Task Targets_are_set_by_those_who_may_and_the_report_says_how_they_stand()
    {
        await MissedAsync("nightly", "billing");
        var actions = _site.Services.CreateScope().ServiceProvider.GetRequiredService<KpiActions>();
        var target = new Target { Id = Guid.CreateVersion7(), Kind = TargetKind.AllSchedules, Measure = TargetMeasure.OnTime, Objective = 99 };

        Assert.False((await actions.SetAsync(await _site.UserAsync(OperatorRole.Viewer), target, null, null, Cancel)).Accepted);
        Assert.True((await actions.SetAsync(await _site.UserAsync(OperatorRole.ProductOwner), target, null, null, Cancel)).Accepted);
        Assert.Contains("already", (await actions.SetAsync(await _site.UserAsync(), target with { Id = Guid.CreateVersion7() }, null, null, Cancel)).Message, StringComparison.Ordinal);
        var page = await (await _site.VisitAsync(await _site.AddOperatorAsync(OperatorRole.Viewer))).ReadAsync("/kpis");

        Assert.Contains("Below target.", page, StringComparison.Ordinal);
        Assert.Contains("nightly", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Set a target", page, StringComparison.Ordinal);
    }

    /// <summary>A schedule that missed its moment of this minute, and nothing else.</summary>
    private async Task MissedAsync(string name, string owner)
    {
        var schedule = await _site.AddAsync(name, definition => definition with { Owner = owner });
        var now = _site.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await using var context = await _site.Contexts.CreateDbContextAsync(Cancel);
        context.Add(new Occurrence { ScheduleId = schedule.Id, NominalAt = now, DueAt = now.AddMilliseconds(-1), RecordedAt = now, State = OccurrenceState.Missed, MissedAt = now, Version = 1 });
        await context.SaveChangesAsync(Cancel);
    }

    private static async Task<string> SheetWithAsync(ZipArchive workbook, string text)
    {
        foreach (var entry in workbook.Entries.Where(entry => entry.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(await entry.OpenAsync(Cancel));
            if (await reader.ReadToEndAsync(Cancel) is var sheet && sheet.Contains(text, StringComparison.Ordinal))
                return sheet;
        }
        return "";
    }
}
