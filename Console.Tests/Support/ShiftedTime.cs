namespace OpsConsole.Tests.Support;

/// <summary>The clock of a machine that is set wrong.</summary>
internal sealed class ShiftedTime(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
