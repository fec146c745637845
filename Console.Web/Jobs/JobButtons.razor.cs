using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Jobs;

/// <summary>Knows which of the acts apply to the jobs it is given, for whom, and why not.</summary>
public partial class JobButtons
{
    private readonly Dictionary<string, bool> _may = [];
    private Applied _retry = new([], null), _cancel = new([], null), _delete = new([], null);
    private string _retryWord = "Retry";
    private bool _isBusy;

    [Parameter, EditorRequired] public IReadOnlyList<JobRecord> Jobs { get; set; } = [];

    /// <summary>Queues to offer for a retry into another one.</summary>
    [Parameter] public IReadOnlyList<string> Queues { get; set; } = [];

    /// <summary>Called after an act was accepted.</summary>
    [Parameter] public EventCallback OnActed { get; set; }

    [Parameter] public string Size { get; set; } = "";

    [Parameter] public bool IsPrimary { get; set; }

    /// <summary>Leaves Cancel out when none of the jobs runs.</summary>
    [Parameter] public bool HideIdle { get; set; }

    [CascadingParameter] public Task<AuthenticationState>? Authentication { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var user = Authentication is null ? new ClaimsPrincipal() : (await Authentication).User;
        foreach (var permission in (string[])[Permissions.RetryJobs, Permissions.CancelJobs, Permissions.DeleteJobs])
            _may[permission] = (await Authorization.AuthorizeAsync(user, permission)).Succeeded;
        Apply();
    }

    protected override void OnParametersSet() => Apply();

    private void Apply()
    {
        _retry = Of(Permissions.RetryJobs, JobRules.WhyNotRetry);
        _cancel = Of(Permissions.CancelJobs, JobRules.WhyNotCancel);
        _delete = Of(Permissions.DeleteJobs, JobRules.WhyNotDelete);
        _retryWord = _retry.Jobs.Select(job => JobRules.RetryWord(job.State)).Distinct().ToList() is [var only] ? only : "Retry";
    }

    private Applied Of(string permission, Func<JobRecord, string?> whyNot)
    {
        if (!_may.GetValueOrDefault(permission)) return new Applied([], "Your role does not allow this.");
        if (Jobs.Count > JobActs.Most) return new Applied([], $"One act takes at most {JobActs.Most:#,0} jobs.");
        var fit = Jobs.Where(job => whyNot(job) is null).ToList();
        return new Applied(fit, fit.Count > 0 || Jobs.Count == 0 ? null : whyNot(Jobs[0]));
    }

    private async Task RunAsync(Applied applied, Func<IReadOnlyList<JobRecord>, Task<bool>> act)
    {
        if (applied.Jobs.Count == 0 || _isBusy) return;
        _isBusy = true;
        try
        {
            if (await act(applied.Jobs)) await OnActed.InvokeAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }

    private string Number(Applied applied) => Jobs.Count > 1 && applied.Jobs.Count > 0 ? " " + applied.Jobs.Count.ToString("#,0", CultureInfo.InvariantCulture) : "";

    private static string? Off(Applied applied) => applied.Jobs.Count == 0 ? "true" : null;

    /// <summary>The jobs that an act applies to; without one, why.</summary>
    private sealed record Applied(IReadOnlyList<JobRecord> Jobs, string? Why);
}
