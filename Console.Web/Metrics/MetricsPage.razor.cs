using Microsoft.AspNetCore.Components;
using OpsConsole.Data;
using OpsConsole.Data.Figures;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Metrics;

/// <summary>How it went over time: throughput, failures, waits, run times, depths and slots. Everything that it shows is in its address.</summary>
public sealed partial class MetricsPage
{
    private static readonly (FigureFacet Facet, string Title)[] Facets = [(FigureFacet.Type, "Job type"), (FigureFacet.Queue, "Queue"), (FigureFacet.Host, "Host")];
    private MetricsAddress? _address, _readFor;
    private MetricsPicture? _picture;
    private IReadOnlyList<MetricsChart> _charts = [];
    private bool _isTable;

    [SupplyParameterFromQuery(Name = "range")] public string? RangeKey { get; set; }

    [SupplyParameterFromQuery] public string? Until { get; set; }

    [SupplyParameterFromQuery] public string? Type { get; set; }

    [SupplyParameterFromQuery] public string? Queue { get; set; }

    [SupplyParameterFromQuery] public string? Host { get; set; }

    [SupplyParameterFromQuery(Name = "compare")] public string? CompareKey { get; set; }

    [SupplyParameterFromQuery] public string? By { get; set; }

    [SupplyParameterFromQuery] public string? Heat { get; set; }

    [Inject] private MetricsReader Reader { get; set; } = default!;

    [Inject] private ViewerTime Viewer { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    protected override TimeSpan LookEvery => TimeSpan.FromSeconds(15);

    private MetricsAddress Address => _address!;

    private bool IsBusy => _readFor is not null && _readFor != _address && Problem is null;

    private FigureNames Names => _picture?.Names ?? FigureNames.None;

    private DateTimeOffset Last => Address.Until is { } until && until < Viewer.Now ? until : Viewer.Now;

    private string Earlier => (Address with { Until = Last - Address.Range.Length }).Href;

    private string? Later => Address.Until is not { } until || until >= Viewer.Now ? null
        : (Address with { Until = until + Address.Range.Length is var later && later < Viewer.Now ? later : null }).Href;

    private string WeeksBack => Math.Ceiling(Address.Range.Length.TotalDays / 7) is var weeks && weeks <= 1 ? "last week" : $"{weeks:0} weeks before";

    private string BeforeWords => Address.Compare == MetricsCompare.Week ? $"the same days {WeeksBack}" : "the time before";

    private static DateTimeOffset WeekSince(MetricsPicture picture) => picture.KnownSince is { } since && since > picture.WeekFrom ? since : picture.WeekFrom;

    protected override Task OnParametersSetAsync()
    {
        var address = MetricsAddress.Read(RangeKey, Until, Type, Queue, Host, CompareKey, By, Heat);
        if (address == _address) return Task.CompletedTask;
        _address = address;
        return LoadAsync();
    }

    protected override string? ProblemOf(Exception e) => ConsoleDatabase.IsAway(e) ? "the database does not answer. What ends now is counted when it is back" : null;

    // What is over changes no more, but for what comes late: it is read again as well.
    protected override async Task ReadAsync()
    {
        var address = Address;
        var picture = await Reader.ReadAsync(address, Viewer.Zone, Left);
        // Meanwhile something else may have been asked for.
        if (address != _address) return;
        (_picture, _readFor) = (picture, address);
        _charts = MetricsCharts.Of(picture, Viewer);
    }

    private void Go(MetricsAddress address) => Navigation.NavigateTo(address.Href);

    private void Compare(ChangeEventArgs args) => Go(Address with { Compare = Enum.TryParse<MetricsCompare>(args.Value as string, out var compare) ? compare : MetricsCompare.Before });
}
