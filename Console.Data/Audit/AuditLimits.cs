namespace OpsConsole.Data.Audit;

/// <summary>Sizes of the audit's columns, in UTF-16 code units; longer text is cut with an ellipsis.</summary>
public static class AuditLimits
{
    public const int Name = 200;
    public const int Kind = 40;
    public const int Target = 300;

    /// <summary>Most targets that one row names.</summary>
    public const int Targets = 1_000;

    public const int Reason = 500;
    public const int Message = 1_000;
    public const int RemoteAddress = 60;

    /// <summary>Most rows that one page of the audit shows.</summary>
    public const int Page = 200;
}
