using OpsConsole.Data.Operations;

namespace OpsConsole.Web.Operations;

/// <summary>What somebody has filled in, and what is wrong with it.</summary>
internal sealed class OperationForm
{
    private const int ReasonLength = 10;

    public BulkKind Kind { get; private set; } = BulkKind.Retry;

    public string Patch { get; set; } = "";

    public BulkCanary Canary { get; set; } = BulkCanary.Ask;

    public string Cap { get; set; } = "";

    public string StopPercent { get; set; } = "20";

    public int StopWindow { get; set; } = 20;

    public bool NewestFirst { get; set; }

    public string Reason { get; set; } = "";

    public string? CapFault { get; private set; }

    public string? StopFault { get; private set; }

    public string? ReasonFault { get; private set; }

    public string Verb => BulkWords.Verb(Kind);

    public void Choose(BulkKind kind)
    {
        // A deletion fails for no job, so that going on by itself would be going on in any case.
        if (kind == BulkKind.Delete && Canary == BulkCanary.Automatic)
            Canary = BulkCanary.Ask;
        Kind = kind;
    }

    /// <summary>Says what is wrong beside each field; true when nothing is.</summary>
    public bool Check()
    {
        CapFault = CapText.Read(Cap).Fault;
        StopFault = Kind == BulkKind.Delete ? null : CapText.ReadPercent(StopPercent).Fault;
        ReasonFault = Reason.Trim().Length < ReasonLength ? $"Give a reason of at least {ReasonLength} characters." : null;
        return CapFault is null && StopFault is null && ReasonFault is null;
    }

    public BulkDraft ToDraft(OperationSource source, string title) => new()
    {
        Kind = Kind,
        Source = source.Kind,
        SourceText = source.Text,
        Title = title,
        Patch = Kind == BulkKind.RetryPatched ? Patch : null,
        NewestFirst = NewestFirst,
        Canary = Canary,
        PerMinute = CapText.Read(Cap).PerMinute,
        StopPercent = Kind == BulkKind.Delete ? null : CapText.ReadPercent(StopPercent).Percent,
        StopWindow = StopWindow,
        Reason = Reason,
    };
}
