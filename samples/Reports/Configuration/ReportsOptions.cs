using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Samples.Reports.Configuration;

/// <summary>What the jobs read and write, and how much of the machine they may take. Section <c>Reports</c>.</summary>
public sealed class ReportsOptions
{
    public const string Section = "Reports";

    /// <summary>Folder of everything that the jobs read and write; relative to the working folder.</summary>
    [Required]
    public string DataFolder { get; set; } = "data";

    /// <summary>Reports and archives older than this are deleted by <c>reports.clean</c>.</summary>
    [Range(1, 3_650)]
    public int KeepReportsDays { get; set; } = 7;

    /// <summary>When the folder is larger than this, <c>reports.clean</c> deletes the oldest products too.</summary>
    [Range(64, 1_000_000)]
    public int DataFolderLimitMegabytes { get; set; } = 512;

    /// <summary>Ledger rows that one report reads in a second, so that it leaves the machine to others; 0 is no limit.</summary>
    [Range(0, 10_000_000)]
    public int RowsPerSecond { get; set; } = 2_000;

    /// <summary>Months of sales that are made at the first start, the current one included.</summary>
    [Range(1, 60)]
    public int LedgerMonths { get; set; } = 12;

    /// <summary>Orders made for an average day of the ledger.</summary>
    [Range(1, 20_000)]
    public int OrdersPerDay { get; set; } = 1_200;

    /// <summary>Word and Excel documents that are made at the first start.</summary>
    [Range(1, 5_000)]
    public int SourceDocuments { get; set; } = 120;

    /// <summary>Below this much free disk the health check fails.</summary>
    [Range(1, 1_000_000)]
    public int MinFreeDiskMegabytes { get; set; } = 200;
}
