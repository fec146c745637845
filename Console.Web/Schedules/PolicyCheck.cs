using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules;

/// <summary>Overlap, catch-up and the other policies.</summary>
internal static class PolicyCheck
{
    public static void Check(ScheduleDefinition definition, List<DefinitionProblem> problems)
    {
        TextCheck.Choice("overlap", definition.Overlap, problems);
        TextCheck.Range("bufferLimit", definition.BufferLimit, 1, DefinitionLimits.BufferedOccurrences, problems);
        TextCheck.Choice("catchUp.mode", definition.CatchUp.Mode, problems);
        TextCheck.Range("catchUp.windowSeconds", definition.CatchUp.WindowSeconds, 0, DefinitionLimits.LongestSeconds, problems);
        TextCheck.Range("catchUp.limit", definition.CatchUp.Limit, 1, DefinitionLimits.CatchUpRuns, problems);
        TextCheck.Range("graceSeconds", definition.GraceSeconds, 1, DefinitionLimits.GraceSeconds, problems);
        if (definition.ExpirySeconds is { } expiry)
            TextCheck.Range("expirySeconds", expiry, 1, DefinitionLimits.LongestSeconds, problems);
        if (definition.MaxRuns is { } runs)
            TextCheck.Range("maxRuns", runs, 1, long.MaxValue, problems);
        if (definition.PauseAfterFailures is { } failures)
            TextCheck.Range("pauseAfterFailures", failures, 1, DefinitionLimits.FailuresInRow, problems);
        if (definition.CatchUp is { Mode: not CatchUpMode.Skip } catchUp && catchUp.WindowSeconds < definition.GraceSeconds)
            problems.Add(new("catchUp.windowSeconds", "The window is shorter than the grace, so nothing older than the grace is caught up. Make it longer.", IsWarning: true));
    }
}
