using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Schedules;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Schedules;
using OpsConsole.Web.Schedules.Files;

namespace OpsConsole.Tests.Web.Schedules.Files;

public sealed class FilesPageTests : IAsyncLifetime
{
    private const string Hostile = "<script>alert(1)</script>";

    private readonly ScheduleSite _site = new();
    private readonly BunitContext _bunit = new();

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _site.InitializeAsync();
        var user = await _site.UserAsync();
        _bunit.AddAuthorization().SetAuthorized(user.Identity!.Name!).SetClaims([.. user.Claims]).SetPolicies(Permissions.View, Permissions.EditSchedules);
        _bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        _bunit.Services.AddSingleton(_site.Services.GetRequiredService<ScheduleStore>());
        _bunit.Services.AddSingleton(_site.Services.GetRequiredService<ImportPlanner>());
        _bunit.Services.AddSingleton(_site.Actions);
    }

    public async ValueTask DisposeAsync()
    {
        await _bunit.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_before_it_is_read()
    {
        var page = _bunit.Render<FilesPage>();

        Upload(page, InputFileContent.CreateFromBinary(new byte[ScheduleFileReader.MaxBytes + 1], "huge.json"));

        page.WaitForAssertion(() => Assert.Contains("huge.json has 64 MB; a file of schedules has at most 64 MB. Split it.", page.Find(".chooser").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Markup_in_a_file_is_shown_as_text()
    {
        var page = _bunit.Render<FilesPage>();

        Upload(page, InputFileContent.CreateFromText($$"""
            [{"name": "{{Hostile}}", "description": "{{Hostile}}", "owner": "{{Hostile}}", "tags": ["{{Hostile}}"], "job": {"type": "{{Hostile}}", "queue": "{{Hostile}}", "arguments": {"{{Hostile}}": "{{Hostile}}"} },
              "when": {"timeZone": "{{Hostile}}", "cron": ["{{Hostile}}"], "exceptCalendars": ["{{Hostile}}"]}, "{{Hostile}}": 1}]
            """, Hostile + ".json"));

        page.WaitForAssertion(() => Assert.Contains(Hostile, page.Find(".errors").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("script"));
    }

    [Fact]
    public void What_is_no_file_of_schedules_is_named_by_its_place()
    {
        var page = _bunit.Render<FilesPage>();

        Upload(page, InputFileContent.CreateFromText("[\n{\"name\": nonsense}]", "broken.json"));

        page.WaitForAssertion(() => Assert.Contains("Line 2, column 11:", page.Find(".fault").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".import .btn-primary"));
    }

    [Fact]
    public async Task A_conflict_shows_the_dry_run_anew_and_loses_nothing()
    {
        var made = await _site.AddAsync("edited");
        var page = _bunit.Render<FilesPage>();
        Upload(page, InputFileContent.CreateFromText(ScheduleJson.Write(made.Definition with { Owner = "file" }), "one.json"));
        page.WaitForElement(".import .btn-primary");
        await _site.Store.SaveAsync(made.Id, 1, made.Definition with { Owner = "operator" }, new ScheduleAuthor("somebody"), cancel: Cancel);

        await page.DoAsync(".import .btn-primary", button => button.Click());

        page.WaitForAssertion(() => Assert.Contains("edited: somebody has saved another version. Look at the new dry run.", page.Find(".answer").TextContent, StringComparison.Ordinal));
        Assert.Contains("operator", page.Find(".plan .difference").TextContent, StringComparison.Ordinal);
        Assert.Equal("operator", (await _site.Store.GetAsync(made.Id, Cancel))!.Owner);
    }

    private static void Upload(IRenderedComponent<FilesPage> page, InputFileContent file) => page.FindComponent<InputFile>().UploadFiles(file);
}
