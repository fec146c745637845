using System.Net;
using OpsConsole.Data.Operators;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules;
using OpsConsole.Web.Schedules.Files;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.Web.Schedules.Files;

public sealed class ExportTests : IAsyncLifetime
{
    private const string Markup = "<img src=x onerror=alert(1)>\u2028";

    private readonly ScheduleSite _site = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task What_is_exported_can_be_imported_and_says_the_same()
    {
        var one = await _site.AddAsync("one", definition => definition with { Owner = Markup, Tags = ["a", Markup], Description = "two\nlines" });
        var two = await _site.AddAsync("two");
        var visitor = await _site.VisitAsync(await _site.AddOperatorAsync(OperatorRole.Viewer));

        var answer = await visitor.OpenAsync(Links.ScheduleExport());

        Assert.Equal(("application/json", "attachment"), (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.DispositionType));
        Assert.Matches("^schedules-\\d{4}-\\d\\d-\\d\\d\\.json$", answer.Content.Headers.ContentDisposition?.FileName);
        var file = ScheduleFileReader.Read(await answer.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Null(file.Fault);
        Assert.All(file.Rows.Zip([one, two]), pair => Assert.Empty(ScheduleDifference.Between(pair.Second.Definition, pair.First.Definition!)));
    }

    [Fact]
    public async Task Chosen_ones_and_what_a_filter_leaves_are_exported_too()
    {
        var one = await _site.AddAsync("../one & only?", definition => definition with { Tags = ["night"] });
        await _site.AddAsync("two");
        var visitor = await _site.VisitAsync(await _site.AddOperatorAsync(OperatorRole.Viewer));

        var chosen = await visitor.OpenAsync(Links.ScheduleExport([one.Id]));
        var filtered = await visitor.OpenAsync(Links.ScheduleExport(tag: "night"));
        var none = await visitor.OpenAsync(Links.ScheduleExport(tag: "no such tag"));

        Assert.StartsWith("one-only-2", chosen.Content.Headers.ContentDisposition?.FileName, StringComparison.Ordinal);
        Assert.Equal((1, 1, 0), (await RowsAsync(chosen), await RowsAsync(filtered), await RowsAsync(none)));
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.OpenAsync("/schedules/files/export?id=nonsense")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await _site.Visit().OpenAsync(Links.ScheduleExport())).StatusCode);
    }

    private static async Task<int> RowsAsync(HttpResponseMessage answer) => ScheduleFileReader.Read(await answer.Content.ReadAsByteArrayAsync(Cancel)).Rows.Count;
}
