using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using OpsConsole.Data;
using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Live;
using OpsConsole.Web.Schedules.Calendar;
using OpsConsole.Web.Schedules.Recurrence;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Schedules.Editor;

/// <summary>Makes a schedule or changes one. What is typed is explained at once; nothing is written before it is saved.</summary>
public sealed partial class ScheduleEditPage
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(350);
    private CancellationTokenSource? _looking;
    private EditSession? _session;
    private DraftPreview _preview = DraftPreview.Empty;
    private DraftFindings _findings = DraftFindings.None;
    private CheckContext _context = new();
    private JobArguments? _arguments;
    private Collision? _collision;
    private ScheduleVersion? _theirVersion;
    private IReadOnlyList<JobType> _types = [];
    private IReadOnlyList<ComboOption> _zones = [];
    private IReadOnlyList<string> _queues = [], _calendarNames = [];
    private string? _refusal;
    private string _why = "";
    private bool _isMissing, _isBusy, _hasTried;
    private Guid? _readId;
    private bool _isRead;

    [Parameter] public Guid? Id { get; set; }

    /// <summary>Id of the schedule that a new one begins as a copy of.</summary>
    [SupplyParameterFromQuery] public string? Copy { get; set; }

    [SupplyParameterFromQuery] public string? Type { get; set; }

    [SupplyParameterFromQuery] public string? Queue { get; set; }

    [SupplyParameterFromQuery] public string? Arguments { get; set; }

    [CascadingParameter] public Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject] private ScheduleStore Store { get; set; } = default!;

    [Inject] private CheckContexts Contexts { get; set; } = default!;

    [Inject] private JobCatalogue Catalogue { get; set; } = default!;

    [Inject] private ScheduleActions Actions { get; set; } = default!;

    [Inject] private ScheduleOutlook Outlook { get; set; } = default!;

    [Inject] private FleetBoard Board { get; set; } = default!;

    [Inject] private ViewerTime Viewer { get; set; } = default!;

    [Inject] private Confirm Confirm { get; set; } = default!;

    [Inject] private Toasts Toasts { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private IJSRuntime Browser { get; set; } = default!;

    protected override TimeSpan LookEvery => TimeSpan.FromSeconds(5);

    private List<DefinitionProblem> Errors => [.. _findings.Errors];

    /// <summary>An empty field of a new schedule is not called wrong before somebody tries to save it.</summary>
    private DraftFindings Visible => _hasTried || _session is null ? _findings : new DraftFindings([.. _findings.All.Where(problem => !IsStillEmpty(problem.Path))]);

    private string SaveLabel => _session?.Saved is null ? "Create schedule" : $"Save version {_session.NextVersion}";

    private string? ZoneNote => _preview.Timetable?.TimeZone is { } zone ? $"{TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), zone):HH:mm} there now, {ZoneText.Offset(zone, Clock.GetUtcNow())}." : null;

    private string? Shown(string path) => Visible.Of(path);

    protected override Task OnParametersSetAsync()
    {
        if (_isRead && _readId == Id) return Task.CompletedTask;
        (_isRead, _readId, _session) = (true, Id, null);
        return LoadAsync();
    }

    protected override ValueTask LeaveAsync()
    {
        _looking?.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override string? ProblemOf(Exception e) => base.ProblemOf(e) is { } problem ? problem + " Schedules go on running; they can be edited when it is back." : null;

    protected override async Task ReadAsync()
    {
        _session = await BeginAsync();
        _isMissing = _session is null;
        if (_session is null) return;
        _zones = ZoneList.Of(Clock.GetUtcNow());
        _context = await Contexts.ForAsync(_session.Definition, Id, Left);
        _calendarNames = [.. _context.Calendars.Keys.Order(StringComparer.OrdinalIgnoreCase)];
        await ReadTypesAsync();
        Look();
    }

    private async Task<EditSession?> BeginAsync()
    {
        if (Id is { } id)
            return await Store.GetAsync(id, Left) is { DeletedAt: null } saved ? EditSession.Of(saved) : null;
        if (Guid.TryParse(Copy, out var original) && await Store.GetAsync(original, Left) is { } copied)
            return EditSession.New(copied.Definition with { Name = NewSchedules.NameOfCopy(copied.Name) });
        return EditSession.New(NewSchedules.Blank(Viewer.Zone, Type, Queue, Arguments));
    }

    private async Task ReadTypesAsync()
    {
        _queues = [.. Board.Current.Queues.Select(queue => queue.Name).Order(StringComparer.Ordinal)];
        try
        {
            _types = [.. (await Catalogue.GetAsync(Left)).OrderBy(type => type.Name, StringComparer.Ordinal)];
        }
        catch (JobStorageException)
        {
            // The check says that nothing is known of job types now.
            _types = [];
        }
        ShowArguments();
    }

    private Task SetAsync(Action change)
    {
        change();
        return ChangedAsync();
    }

    private Task ChangedAsync()
    {
        _session!.Read();
        _refusal = null;
        var type = _types.FirstOrDefault(type => type.Name.Equals(_session.Definition.Job.Type, StringComparison.OrdinalIgnoreCase) || type.Key == _session.Definition.Job.Type);
        if (type?.Key != _context.JobType?.Key)
        {
            _context = _context with { JobType = type };
            ShowArguments();
        }
        Look();
        return Task.CompletedTask;
    }

    /// <summary>Everything that the draft itself says, at once; what others have to say about it, when the typing pauses.</summary>
    private void Look()
    {
        var (draft, definition) = (_session!.Draft, _session.Definition);
        _preview = DraftPreview.Of(draft.When, definition.When, _context.Calendars, Clock.GetUtcNow());
        _findings = DraftFindings.Of(draft, ScheduleCheck.Check(definition, _context));
        _looking?.Cancel();
        _looking?.Dispose();
        _looking = CancellationTokenSource.CreateLinkedTokenSource(Left);
        if (RendererInfo.IsInteractive) _ = LookAroundAsync(_preview, _looking.Token);
    }

    private async Task LookAroundAsync(DraftPreview preview, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(TypingPause, Clock, cancel);
            var session = _session!;
            var context = await Contexts.ForAsync(session.Definition, Id, cancel);
            var load = preview is { Timetable.TimeZone: { } zone, Next.Count: > 0 } ? await LoadOfAsync(preview, zone, session.Saved, cancel) : null;
            await InvokeAsync(() =>
            {
                if (cancel.IsCancellationRequested) return;
                var isOtherType = context.JobType?.Key != _context.JobType?.Key;
                _context = context;
                if (isOtherType) ShowArguments();
                _collision = Collision.Of(load, session.Draft.When);
                _findings = DraftFindings.Of(session.Draft, ScheduleCheck.Check(session.Definition, _context));
                StateHasChanged();
            });
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException || ConsoleDatabase.IsAway(e))
        {
            // Typed on, left, or the database is away, which the frame says; saving asks again anyway.
        }
    }

    private async Task<MinuteLoad?> LoadOfAsync(DraftPreview preview, TimeZoneInfo zone, Schedule? saved, CancellationToken cancel)
    {
        var outlook = await Outlook.ReadAsync(new ScheduleQuery(), cancel);
        var own = saved is null ? null : ScheduleJson.Write(saved.Definition.When);
        // A night in which the clocks change is not what a line should be moved for.
        var runs = preview.Next.Where(run => run.Note is null).Select(run => run.NominalAt).ToList();
        return await Task.Run(() => MinuteLoad.Of(outlook, runs, zone, own, cancel), cancel);
    }

    private void ShowArguments() => _arguments = _context.JobType is { } type ? JobArguments.Of(_session!.Draft, type, Viewer.Zone) : null;

    private bool IsStillEmpty(string path) => path switch
    {
        "name" => _session!.Draft.Name.Length == 0,
        "job.type" => _session!.Draft.JobType.Length == 0,
        "when" or "when.cron" or "when.cron[0]" => _session!.Draft.When.IsEmpty,
        _ => _session!.Saved is null && path.StartsWith("job.arguments", StringComparison.Ordinal) && _session.Draft.Arguments == "{}",
    };

    private Task UseAsync()
    {
        if (_collision is { Row: { } row, Line: { } line }) row.Text = line;
        _collision = null;
        return ChangedAsync();
    }
}
