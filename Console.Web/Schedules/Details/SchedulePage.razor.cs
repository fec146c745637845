using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Schedules.Details;

/// <summary>One schedule: how it stands, what came of it, and everything that can be done with it.</summary>
public partial class SchedulePage
{
    private const int LedgerRows = 50;
    private ScheduleDetails? _details;
    private LedgerPage? _ledger;
    private LedgerFilter? _ledgerOf;
    private ClaimsPrincipal _user = new();
    private DateTimeOffset _readAt;
    private Panel _open;

    private enum Panel
    {
        None,
        Run,
        Backfill,
    }

    [Parameter] public Guid Id { get; set; }

    [CascadingParameter] private Task<AuthenticationState> Viewer { get; set; } = default!;

    [CascadingParameter] private ViewerTime? Time { get; set; }

    [Inject] private ScheduleStore Store { get; set; } = default!;

    [Inject] private LedgerStore Ledger { get; set; } = default!;

    [Inject] private CheckContexts Contexts { get; set; } = default!;

    [Inject] private ScheduleActions Actions { get; set; } = default!;

    [Inject] private ScheduleActs Acts { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery] public string? State { get; set; }

    [SupplyParameterFromQuery] public string? Kind { get; set; }

    [SupplyParameterFromQuery] public string? Outcome { get; set; }

    /// <summary>Id of a backfill: its own rows only.</summary>
    [SupplyParameterFromQuery] public string? Origin { get; set; }

    [SupplyParameterFromQuery] public string? From { get; set; }

    [SupplyParameterFromQuery] public string? To { get; set; }

    [SupplyParameterFromQuery] public string? Before { get; set; }

    protected override TimeSpan LookEvery => TimeSpan.FromSeconds(1.5);

    private ViewerTime _viewer => Time ?? new ViewerTime(Clock);

    private LedgerFilter Filter => new() { State = Links.Given(State), Kind = Links.Given(Kind), Outcome = Links.Given(Outcome), Origin = Links.Given(Origin), From = Links.Given(From), To = Links.Given(To), Before = Links.Given(Before) };

    protected override async Task OnParametersSetAsync()
    {
        _user = (await Viewer).User;
        var isOther = _details?.Id != Id;
        if (isOther) (_details, _open) = (new ScheduleDetails(Id, Store, Ledger, Contexts, Clock), Panel.None);
        if (isOther || _ledgerOf != Filter) await LoadAsync();
    }

    protected override async Task ReadAsync()
    {
        if (_details is not { } details) return;
        var filter = Filter;
        await details.ReadAsync(Left);
        var page = await Ledger.ListAsync(Id, filter.ToQuery(_viewer.Zone, LedgerRows), Left);
        if (!ReferenceEquals(details, _details) || filter != Filter) return;
        (_ledger, _ledgerOf, _readAt) = (page, filter, Clock.GetUtcNow());
    }

    private async Task<ScheduleResult> RunAsync(string? arguments, string why)
    {
        try
        {
            return await DoneAsync(await Actions.TriggerAsync(_user, [Id], arguments, why), isRequest: true);
        }
        catch (JobStorageException e)
        {
            return new ScheduleResult { Message = e.Message };
        }
    }

    private async Task<ScheduleResult> BackfillAsync(DateTimeOffset from, DateTimeOffset to, OverlapPolicy overlap, string why) =>
        await DoneAsync(await Actions.BackfillAsync(_user, Id, from, to, overlap, why), isRequest: true);

    /// <summary>What was accepted is told as on every page; a refusal stands where it was asked for.</summary>
    private async Task<ScheduleResult> DoneAsync(ScheduleResult result, bool isRequest)
    {
        if (!result.Accepted) return result;
        Acts.Tell(result, isRequest);
        await LoadAsync();
        return result;
    }

    private async Task AcknowledgeAsync()
    {
        if (await Acts.AcknowledgeAsync([Id])) await LoadAsync();
    }

    private async Task RestoreAsync(Schedule shown, int version)
    {
        await Acts.RestoreAsync(shown, version);
        await LoadAsync();
    }

    private void Close() => _open = Panel.None;
}
