using OpsConsole.Data.History;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.History;

/// <summary>Events as they came from the stream.</summary>
/// <param name="Events">In order; at least one.</param>
/// <param name="Gap">What is missing just before them, or null.</param>
internal sealed record ReadEvents(IReadOnlyList<JobEvent> Events, HistoryGap? Gap);
