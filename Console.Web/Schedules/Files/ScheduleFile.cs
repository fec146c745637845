using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Files;

/// <summary>What was read of a file of schedules.</summary>
/// <param name="Rows">In their order.</param>
/// <param name="Fault">Why the file as a whole cannot be used; null when it can be read to its end.</param>
public sealed record ScheduleFile(IReadOnlyList<FileRow> Rows, FileFault? Fault);

/// <summary>One schedule of a file.</summary>
/// <param name="Row">Its place, from 1.</param>
/// <param name="Line">Line of the file on which it begins, from 1.</param>
/// <param name="Name">As far as it could be read.</param>
/// <param name="Definition">Null when there are problems.</param>
/// <param name="Problems">What is wrong with its form.</param>
public sealed record FileRow(int Row, int Line, string Name, ScheduleDefinition? Definition, IReadOnlyList<DefinitionProblem> Problems);

/// <summary>Something that makes a file unreadable.</summary>
/// <param name="Line">From 1; null for the whole file.</param>
/// <param name="Column">In characters, from 1.</param>
/// <param name="Excerpt">The line around it, without what lies far away.</param>
public sealed record FileFault(string Message, int? Line = null, int? Column = null, string? Excerpt = null);
