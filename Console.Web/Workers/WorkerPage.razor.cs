using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Live;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Workers;

/// <summary>One worker: the board says how it is now, its vitals are read for it alone.</summary>
public partial class WorkerPage
{
    private const int VitalsKept = 720;
    private static readonly TimeSpan RereadEvery = TimeSpan.FromSeconds(2);
    private ClaimsPrincipal _user = new();
    private WorkerRecord? _read;
    private string? _readFor;
    private long _readAt;
    private bool _isRead;
    private IReadOnlyList<(DateTimeOffset At, double Value)> _cpu = [], _memory = [], _busy = [], _pauses = [];

    [Parameter] public string Id { get; set; } = "";

    [CascadingParameter] private Task<AuthenticationState> Viewer { get; set; } = default!;

    [Inject] private JobInspector Inspector { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    private WorkerView? Alive => View.Worker(Id);

    private WorkerRecord? Record => Alive?.Record ?? View.Gone.FirstOrDefault(gone => gone.Id == Id) ?? _read;

    private int Busy => Alive?.Busy ?? 0;

    protected override async Task OnParametersSetAsync()
    {
        _user = (await Viewer).User;
        if (_readFor != Id)
            await ReadAsync();
    }

    protected override bool Take(FleetView view)
    {
        if (_readFor == Id && Time.GetElapsedTime(_readAt) >= RereadEvery)
            _ = ReadAsync();
        return true;
    }

    private async Task ReadAsync()
    {
        var id = Id;
        (_readFor, _readAt) = (id, Time.GetTimestamp());
        try
        {
            var record = await Inspector.GetWorkerAsync(id);
            var vitals = await Inspector.GetVitalsAsync(id, VitalsKept);
            if (_readFor != id)
                return;
            (_read, _isRead) = (record, true);
            Draw(vitals);
        }
        catch (JobStorageException)
        {
            // The banner says that Redis is away; what was read last stays.
        }
    }

    private void Draw(IReadOnlyList<WorkerVitals> vitals)
    {
        List<(DateTimeOffset, double)> Of(Func<WorkerVitals, double> what) => [.. vitals.Select(one => (one.At, what(one)))];
        _cpu = Of(one => one.CpuPercent);
        _memory = Of(one => one.WorkingSetBytes);
        _busy = Of(one => one.Busy);
        _pauses = Of(one => one.GcPausePercent);
    }

    private static (string Number, string? Unit) Split(long? bytes)
    {
        if (bytes is not { } known)
            return ("–", null);
        var text = NumberText.Bytes(known);
        var space = text.LastIndexOf(' ');
        return (text[..space], text[(space + 1)..]);
    }

    private static string Known(string text) => text.Length == 0 ? "not told" : SafeText.Inline(text, 200);
}
