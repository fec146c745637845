using OpsConsole.Data.History;
using OpsConsole.Web.Jobs.Past;

namespace OpsConsole.Web.Jobs.Search;

/// <summary>How an end of an attempt is shown.</summary>
public static class OutcomeLook
{
    public static string Word(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Lost => "Worker lost",
        AttemptOutcome.Returned => "Given back",
        AttemptOutcome.Retrying => "Failed, retried",
        _ => outcome.ToString(),
    };

    public static string Glyph(AttemptOutcome outcome) => outcome == AttemptOutcome.Lost ? "lost" : PastJob.StateOf(outcome).ToString().ToLowerInvariant();

    public static string Tone(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Lost => "failed",
        AttemptOutcome.Returned => "waiting",
        AttemptOutcome.Retrying => "retrying",
        _ => PastJob.StateOf(outcome).ToString().ToLowerInvariant(),
    };
}
