using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules.Editor;

/// <summary>One operator's work on a schedule: what was saved, what is typed, how they differ, and what somebody else has saved meanwhile.</summary>
public sealed class EditSession
{
    private EditSession(Schedule? saved, ScheduleDefinition start)
    {
        (Saved, Base, Draft) = (saved, start, ScheduleDraft.Of(start));
        Read();
    }

    /// <summary>The schedule as it was when editing began, or null for a new one.</summary>
    public Schedule? Saved { get; private set; }

    /// <summary>What the draft is compared with.</summary>
    public ScheduleDefinition Base { get; private set; }

    public ScheduleDraft Draft { get; private set; }

    /// <summary>What the draft says, as far as it can be read.</summary>
    public ScheduleDefinition Definition { get; private set; } = new();

    /// <summary>What differs from <see cref="Base"/>.</summary>
    public IReadOnlyList<ChangedMember> Changes { get; private set; } = [];

    /// <summary>What somebody else has saved since editing began, or null.</summary>
    public Schedule? Theirs { get; private set; }

    /// <summary>Counts up when the draft is another one, so that its fields are made anew.</summary>
    public int Generation { get; private set; }

    /// <summary>Texts that are typed and cannot be read count as changes too.</summary>
    public int ChangeCount => Changes.Count + Draft.Unreadable.Count + Draft.UnreadableRows.Count();

    public bool IsDirty => ChangeCount > 0;

    /// <summary>Number that the next version will have.</summary>
    public int NextVersion => (Saved?.Version ?? 0) + 1;

    public static EditSession New(ScheduleDefinition start) => new(null, start);

    public static EditSession Of(Schedule saved) => new(saved, saved.Definition);

    /// <summary>Reads the draft again, after something was typed.</summary>
    public void Read()
    {
        Definition = Draft.Read();
        Changes = [.. ScheduleDifference.Between(Base, Definition).Where(change => !Draft.Unreadable.ContainsKey(change.Path)).Select(change => change with { Before = Given(change.Before), After = Given(change.After) })];
    }

    /// <summary>Somebody else was first. A version that is known already says nothing new.</summary>
    public void Meet(Schedule theirs)
    {
        if (Saved is { } saved && theirs.Version > saved.Version) Theirs = theirs;
    }

    /// <summary>Gives up the draft for what the other one has saved.</summary>
    public void TakeTheirs()
    {
        if (Theirs is { } theirs) Begin(theirs, theirs.Definition);
    }

    /// <summary>Keeps what was changed here, on top of what the other one has saved.</summary>
    public void PutMineOnTop()
    {
        if (Theirs is { } theirs) Begin(theirs, DraftMerge.OnTop(Base, theirs.Definition, Definition));
    }

    /// <summary>Goes back to what is saved.</summary>
    public void Discard() => Begin(Saved, Base);

    /// <summary>The draft has become a version.</summary>
    public void Keep(Schedule saved) => Begin(saved, saved.Definition);

    private static string? Given(string? text) => text is "" ? null : text;

    private void Begin(Schedule? saved, ScheduleDefinition definition)
    {
        (Saved, Base, Draft, Theirs) = (saved, saved?.Definition ?? Base, ScheduleDraft.Of(definition), null);
        Generation++;
        Read();
    }
}
