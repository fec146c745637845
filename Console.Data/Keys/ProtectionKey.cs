namespace OpsConsole.Data.Keys;

/// <summary>A key that cookies and tokens are protected with, shared by all replicas.</summary>
public sealed class ProtectionKey
{
    public int Id { get; init; }

    public required string Name { get; init; }

    public required string Xml { get; init; }
}
