namespace OpsConsole.Tests.Web.Schedules.Runner;

/// <summary>The clock of the machine with a wall clock that a test can put forward and back. Timers do not notice, as real ones do not.</summary>
public sealed class SteppedTime : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    public void Step(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}
