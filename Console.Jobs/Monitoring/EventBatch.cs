using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Events that came together.</summary>
/// <param name="Events">In order; at most 1,000. Empty for a batch that only reports a gap.</param>
/// <param name="Gap">Whether events before these are lost to the reader, because the stream was trimmed or replaced: take a new snapshot.</param>
/// <param name="Position">Where to go on after this batch.</param>
public sealed record EventBatch(IReadOnlyList<JobEvent> Events, bool Gap, string Position);
