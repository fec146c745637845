using Microsoft.AspNetCore.Authorization;
using OpsConsole.Data.Operators;

namespace OpsConsole.Web.Operators;

/// <summary>What can be permitted. Each is an authorization policy of the same name; a page or endpoint without one is denied.</summary>
public static class Permissions
{
    /// <summary>To be signed in, and to keep one's own account: what every role may.</summary>
    public const string OwnAccount = nameof(OwnAccount);
    /// <summary>To see what is sums alone: no job, no argument, no message.</summary>
    public const string ViewFigures = nameof(ViewFigures);
    /// <summary>To say what is promised: targets of the service report.</summary>
    public const string SetTargets = nameof(SetTargets);
    /// <summary>To see everything that runs, with its arguments and messages.</summary>
    public const string View = nameof(View);
    public const string TriggerJobs = nameof(TriggerJobs);
    public const string RetryJobs = nameof(RetryJobs);
    public const string DeleteJobs = nameof(DeleteJobs);
    public const string CancelJobs = nameof(CancelJobs);
    public const string PauseQueues = nameof(PauseQueues);
    /// <summary>To make, edit, restore, import and delete schedules and calendars, and to say that what was missed has been seen.</summary>
    public const string EditSchedules = nameof(EditSchedules);
    public const string PauseSchedules = nameof(PauseSchedules);
    /// <summary>To save views that everybody sees, and to change or delete those.</summary>
    public const string ShareViews = nameof(ShareViews);
    /// <summary>To acknowledge, assign, snooze, resolve and comment groups of failures.</summary>
    public const string TriageFailures = nameof(TriageFailures);
    public const string ReadAudit = nameof(ReadAudit);
    /// <summary>To see how the servers behind the console are: versions, sizes, names of machines.</summary>
    public const string ReadHealth = nameof(ReadHealth);
    public const string ManageUsers = nameof(ManageUsers);

    private static readonly string[] s_operator =
    [
        OwnAccount, ViewFigures, SetTargets, View, TriggerJobs, RetryJobs, DeleteJobs, CancelJobs, PauseQueues, EditSchedules, PauseSchedules, TriageFailures, ShareViews, ReadAudit, ReadHealth,
    ];

    private static readonly Dictionary<string, string[]> ByRole = new(StringComparer.Ordinal)
    {
        [OperatorRole.ProductOwner] = [OwnAccount, ViewFigures, SetTargets],
        [OperatorRole.Viewer] = [OwnAccount, ViewFigures, View],
        [OperatorRole.Operator] = s_operator,
        [OperatorRole.Administrator] = [.. s_operator, ManageUsers],
    };

    /// <summary>Every permission: what an administrator has.</summary>
    public static IReadOnlyList<string> All => ByRole[OperatorRole.Administrator];

    /// <summary>What a role may do; nothing for an unknown role.</summary>
    public static IReadOnlyList<string> Of(string role) => ByRole.GetValueOrDefault(role, []);

    internal static void AddPolicies(AuthorizationBuilder authorization)
    {
        foreach (var permission in All)
        {
            var roles = ByRole.Where(r => r.Value.Contains(permission)).Select(r => r.Key);
            authorization.AddPolicy(permission, policy => policy.RequireAuthenticatedUser().RequireRole(roles));
        }
        // No endpoint at all is a wrong address, which a signed-in person may be told. An endpoint without a policy is a mistake.
        authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser()
            .RequireAssertion(context => context.Resource is HttpContext http && http.GetEndpoint() is null).Build());
    }
}
