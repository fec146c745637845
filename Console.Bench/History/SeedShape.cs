namespace OpsConsole.Bench.History;

/// <summary>A job type of the seed.</summary>
/// <param name="Weight">Share of the attempts.</param>
/// <param name="RunMs">Middle of its run times.</param>
/// <param name="FailurePercent">Of its attempts.</param>
internal sealed record SeedType(string Name, string TypeName, string Queue, int Weight, double RunMs, double FailurePercent, bool IsScheduled = false);

/// <summary>What a believable month looks like: a few types do most of the work, days are busier than nights, and versions change.</summary>
internal static class SeedShape
{
    public static IReadOnlyList<SeedType> Types { get; } =
    [
        Of("notifications.send", "NotificationJobs.SendAsync", "notifications", 240, 180, 4),
        Of("notifications.webhook", "NotificationJobs.PostAsync", "notifications", 170, 420, 9),
        Of("orders.confirm", "OrderJobs.ConfirmAsync", "default", 140, 90, 3),
        Of("orders.settle", "OrderJobs.SettleAsync", "default", 90, 350, 5),
        Of("documents.index", "DocumentJobs.IndexAsync", "documents", 80, 1_400, 6),
        Of("search.refresh", "SearchJobs.RefreshAsync", "default", 60, 75, 2),
        Of("images.resize", "ImageJobs.ResizeAsync", "documents", 55, 900, 4),
        Of("health.check", "HealthJobs.CheckAsync", "default", 40, 30, 1, IsScheduled: true),
        Of("reports.generate", "ReportJobs.GenerateAsync", "reports", 35, 8_000, 7, IsScheduled: true),
        Of("sales.import", "SalesJobs.ImportAsync", "default", 25, 2_500, 8),
        Of("reports.analyse", "ReportJobs.AnalyseAsync", "reports", 15, 5_200, 5),
        Of("invoices.render", "InvoiceJobs.RenderAsync", "reports", 14, 1_100, 4),
        Of("metrics.daily", "MetricsJobs.DailyAsync", "reports", 8, 12_000, 3, IsScheduled: true),
        Of("customers.merge", "CustomerJobs.MergeAsync", "default", 7, 260, 6),
        Of("payments.reconcile", "PaymentJobs.ReconcileAsync", "default", 6, 3_000, 10, IsScheduled: true),
        Of("backups.make", "BackupJobs.MakeAsync", "documents", 5, 45_000, 4, IsScheduled: true),
        Of("documents.archive", "DocumentJobs.ArchiveAsync", "documents", 4, 6_500, 3),
        Of("maintenance.clean-temp", "MaintenanceJobs.CleanTempAsync", "default", 3, 500, 1, IsScheduled: true),
        Of("maintenance.clean-logs", "MaintenanceJobs.CleanLogsAsync", "default", 2, 400, 1, IsScheduled: true),
        Of("exports.build", "ExportJobs.BuildAsync", "reports", 1, 60_000, 12),
    ];

    public static IReadOnlyList<string> Hosts { get; } = [.. Enumerable.Range(1, 10).Select(i => $"web-{i}")];

    public static IReadOnlyList<string> Tenants { get; } =
        ["acme", "globex", "initech", "umbrella", "hooli", "stark", "wayne", "tyrell", "cyberdyne", "wonka", "soylent", "vandelay"];

    public static IReadOnlyList<string> Owners { get; } = ["Finance", "Platform", "Search", "Sales operations"];

    /// <summary>How busy an hour of the week is, 0 to 1.</summary>
    public static double Busy(DateTimeOffset at)
    {
        var day = at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.45 : 1.0;
        var hour = 0.35 + (0.65 * Math.Max(0, Math.Sin((at.Hour + (at.Minute / 60.0) - 5) / 15 * Math.PI)));
        return day * hour;
    }

    /// <summary>Version of the job host that ran at a moment: a new one every third day, host after host within an hour.</summary>
    public static string Version(DateTimeOffset at, int host)
    {
        var deploy = (int)Math.Floor((at - DateTimeOffset.UnixEpoch - TimeSpan.FromHours(14) - TimeSpan.FromMinutes(6 * host)).TotalDays / 3);
        return $"2.{deploy % 1_000 / 10}.{deploy % 10}";
    }

    private static SeedType Of(string name, string method, string queue, int weight, double runMs, double failurePercent, bool IsScheduled = false) =>
        new(name, $"Shop.{method.Split("Jobs.")[0]}.{method}", queue, weight, runMs, failurePercent, IsScheduled);
}
