using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Controls;

/// <summary>Shape, word and colour of a state: the same three on every page.</summary>
public static class StateLook
{
    /// <summary>Colour family: the part after <c>state-</c> of a class.</summary>
    public static string Tone(JobState state) => state switch
    {
        JobState.Processing => "processing",
        JobState.Succeeded => "succeeded",
        JobState.Retrying => "retrying",
        JobState.Failed => "failed",
        JobState.Quarantined => "quarantined",
        JobState.Deleted => "deleted",
        _ => "waiting",
    };

    /// <summary>Glyph: the part after <c>g-</c> of a symbol.</summary>
    public static string Glyph(JobState state) => state.ToString().ToLowerInvariant();
}
