namespace OpsConsole.Jobs.Worker;

/// <summary>A job that a claim has handed to this worker, as stored.</summary>
/// <param name="Id">Job id.</param>
/// <param name="Token">Names this attempt; whoever holds another token holds nothing.</param>
/// <param name="Queue">Queue that it was taken from.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Retries">Automatic retries so far.</param>
/// <param name="WaitMilliseconds">Time in the queue.</param>
/// <param name="Type">Stored type name.</param>
/// <param name="Method">Stored method name.</param>
/// <param name="ParameterTypes">Stored JSON array of type names.</param>
/// <param name="Arguments">Stored JSON array of JSON texts.</param>
internal sealed record ClaimedJob(string Id, string Token, string Queue, int Attempt, int Retries, long WaitMilliseconds, string Type, string Method, string ParameterTypes, string Arguments);
