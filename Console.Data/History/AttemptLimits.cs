namespace OpsConsole.Data.History;

/// <summary>
/// Longest texts of a stored attempt, in UTF-16 code units. They keep a faulty writer from filling the database; the caps that operators
/// choose are applied before and are smaller.
/// </summary>
public static class AttemptLimits
{
    /// <summary>Ids, names of types, queues, workers, hosts, versions and owners.</summary>
    public const int Name = 512;
    public const int Tag = 200;
    public const int Tags = 50;
    public const int Reason = 2_000;
    public const int ErrorType = 512;
    public const int ErrorMessage = 1 << 20;
    public const int Stack = 1 << 20;
    public const int Json = 1 << 20;
}
