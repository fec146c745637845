namespace OpsConsole.Jobs.Monitoring;

/// <summary>What Redis promises for the jobs in it, as far as it tells its settings.</summary>
public sealed record StorageSettings
{
    /// <summary>What happens when memory runs short (<c>maxmemory-policy</c>), or empty when unknown.</summary>
    public string Eviction { get; init; } = "";
    /// <summary>Whether there is an append-only file; null when unknown.</summary>
    public bool? AppendOnly { get; init; }
    /// <summary>When that file is brought to the disk (<c>appendfsync</c>), or empty when unknown.</summary>
    public string Fsync { get; init; } = "";
    /// <summary>Memory in use, bytes.</summary>
    public long UsedBytes { get; init; }
    /// <summary>Memory that it may take, bytes; 0 for no limit.</summary>
    public long LimitBytes { get; init; }
    /// <summary>Version, or empty.</summary>
    public string Version { get; init; } = "";

    /// <summary>What a crash may take with it.</summary>
    public StorageLoss Loss => this switch
    {
        { AppendOnly: false } => StorageLoss.SinceSnapshot,
        { AppendOnly: null } or { Fsync: "" } => StorageLoss.Unknown,
        { Fsync: "always" } => StorageLoss.Nothing,
        { Fsync: "everysec" } => StorageLoss.TwoSeconds,
        _ => StorageLoss.HalfMinute,
    };

    /// <summary>Whether it deletes jobs when memory runs short.</summary>
    public bool Evicts => Eviction is not ("" or "noeviction");
}

/// <summary>What of the acknowledged writes a crash of Redis may lose.</summary>
public enum StorageLoss
{
    /// <summary>Redis does not tell.</summary>
    Unknown,
    /// <summary>Nothing.</summary>
    Nothing,
    /// <summary>Those of the last two seconds.</summary>
    TwoSeconds,
    /// <summary>Those of the last half minute or more.</summary>
    HalfMinute,
    /// <summary>All since the last snapshot.</summary>
    SinceSnapshot,
}
