using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Shell;

/// <summary>The pages that the navigation leads to, in its order.</summary>
public static class NavItems
{
    public static IReadOnlyList<(string Title, IReadOnlyList<NavItem> Items)> Groups { get; } =
    [
        ("Operate",
        [
            new NavItem("Overview", Links.Overview, "overview", Permissions.View),
            new NavItem("Workers", Links.Workers, "workers", Permissions.View),
            new NavItem("Queues", Links.Queues, "queues", Permissions.View),
            new NavItem("Jobs", Links.Jobs(), "jobs", Permissions.View),
            new NavItem("Failures", Links.Failures, "failures", Permissions.View),
            new NavItem("Operations", Links.Operations, "retry", Permissions.View),
            new NavItem("Storage", Links.Storage, "storage", Permissions.View),
            new NavItem("Schedules", Links.Schedules(), "schedules", Permissions.View),
            new NavItem("Trigger", Links.Trigger(), "trigger", Permissions.TriggerJobs),
        ]),
        ("Understand",
        [
            new NavItem("Metrics", Links.Metrics(), "metrics", Permissions.View),
            new NavItem("Service report", Links.Kpis(), "kpi", Permissions.ViewFigures),
        ]),
        ("Administer",
        [
            new NavItem("Audit", Links.Audit, "audit", Permissions.ReadAudit),
            new NavItem("Users", Links.Users, "users", Permissions.ManageUsers),
            new NavItem("Account", Links.Account, "account", Permissions.OwnAccount),
        ]),
    ];

    /// <summary>What fits into the bar at the foot of a phone; the rest is behind More.</summary>
    public static IReadOnlyList<NavItem> OnPhones { get; } = [.. Groups[0].Items.Where(item => item.Text is "Overview" or "Jobs" or "Failures" or "Schedules")];

    public static IReadOnlyList<NavItem> BehindMore { get; } = [.. Groups.SelectMany(group => group.Items).Except(OnPhones)];
}
