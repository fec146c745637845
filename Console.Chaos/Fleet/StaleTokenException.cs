using OpsConsole.Jobs;

namespace OpsConsole.Chaos.Fleet;

/// <summary>The ledger has refused what an attempt said: another one has begun since.</summary>
internal sealed class StaleTokenException(JobContext job) : Exception($"Attempt {job.Attempt} of job {job.JobId} is no longer the newest.");
