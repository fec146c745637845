namespace OpsConsole.Samples.Reports.Health;

/// <summary>The way to Redis and back. Apart so that tests can do without a server.</summary>
public interface IRedisPing
{
    Task<TimeSpan> PingAsync(CancellationToken cancellation);
}
