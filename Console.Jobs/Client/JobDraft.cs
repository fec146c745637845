namespace OpsConsole.Jobs.Client;

/// <summary>A checked request, ready for the script: what goes into the job's hash and where the job goes.</summary>
internal sealed record JobDraft(string Id, string Name, string Type, string Method, string ParameterTypes, string Arguments, string Queue, string? UniqueKey, EnqueueOptions Options);
