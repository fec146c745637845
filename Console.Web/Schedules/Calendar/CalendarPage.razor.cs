using Microsoft.AspNetCore.Components;
using OpsConsole.Data;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Schedules.Calendar;

/// <summary>Past and future runs of all schedules by day, week or month. Everything that it shows is in its address.</summary>
public sealed partial class CalendarPage
{
    private CalendarAddress? _address;
    private CalendarRange? _range;
    private CalendarPicture? _picture;
    private ScheduleFacets? _facets;
    private IReadOnlyList<(int Cell, long Count)> _heaviest = [];
    private CellRuns? _runs;
    private int? _cell;
    private string? _listProblem;

    [SupplyParameterFromQuery] public string? View { get; set; }

    [SupplyParameterFromQuery] public string? Date { get; set; }

    [SupplyParameterFromQuery] public string? Type { get; set; }

    [SupplyParameterFromQuery] public string? Queue { get; set; }

    [SupplyParameterFromQuery] public string? Tag { get; set; }

    [SupplyParameterFromQuery] public string? Owner { get; set; }

    [SupplyParameterFromQuery] public string? At { get; set; }

    [Inject] private CalendarReader Reader { get; set; } = default!;

    [Inject] private ScheduleStore Store { get; set; } = default!;

    [Inject] private ViewerTime Viewer { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    protected override TimeSpan LookEvery => TimeSpan.FromSeconds(15);

    private CalendarAddress Address => _address!;

    private CalendarRange Range => _range!;

    private DateOnly Today => DateOnly.FromDateTime(Viewer.Local(Viewer.Now).DateTime);

    private int Now => Range.CellOf(_picture?.At ?? Viewer.Now);

    private string Word => Address.Span.ToString();

    private string Unit => Address.Span switch { CalendarSpan.Day => "minute", CalendarSpan.Week => "hour", _ => "day" };

    protected override Task OnParametersSetAsync()
    {
        var address = CalendarAddress.Read(View, Date, Today, Type, Queue, Tag, Owner, At);
        if (address == _address) return Task.CompletedTask;
        var isOther = _address is null || address with { At = null } != _address with { At = null };
        _address = address;
        if (isOther)
        {
            _range = new CalendarRange(address.Span, address.Date, Viewer.Zone);
            // A picture of another range under this title would be a lie.
            _picture = null;
        }
        _cell = address.CellIn(Range);
        _runs = null;
        return isOther ? LoadAsync() : ListAsync();
    }

    protected override string? ProblemOf(Exception e) => base.ProblemOf(e) is { } problem ? problem + " Schedules go on running when it is back." : null;

    protected override async Task ReadAsync()
    {
        var (address, range) = (Address, Range);
        var picture = await Reader.ReadAsync(address.Filter, range, Left);
        _facets ??= await Store.FacetsAsync(Left);
        if (!ReferenceEquals(range, _range)) return;
        _picture = picture;
        _heaviest = picture.Heaviest(8);
        await ListAsync();
    }

    private async Task ListAsync()
    {
        if (_cell is not { } cell) return;
        try
        {
            var runs = await Reader.ListAsync(Address.Filter, Range, cell, Left);
            if (cell == _cell) (_runs, _listProblem) = (runs, null);
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            _listProblem = "The database does not answer.";
        }
    }

    private string HrefOf(int cell) => Address.Opening(Range, cell == _cell ? null : cell).Href;

    private string DayHref(int cell) => (Address with { Span = CalendarSpan.Day, Date = DateOnly.FromDateTime(Range.LocalOf(cell)), At = null }).Href;

    private void Go(CalendarAddress address) => Navigation.NavigateTo(address.Href);
}
