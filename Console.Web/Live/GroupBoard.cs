using OpsConsole.Data.Failures;

namespace OpsConsole.Web.Live;

/// <summary>How the groups of failures stand.</summary>
/// <param name="Attention">What about them needs a person.</param>
public sealed record GroupView(GroupCounts Counts, IReadOnlyList<AttentionItem> Attention)
{
    public static readonly GroupView None = new(new GroupCounts(0, 0, 0, 0, 0, 0), []);

    public bool Equals(GroupView? other) => other is not null && Counts == other.Counts && Attention.SequenceEqual(other.Attention);

    public override int GetHashCode() => Counts.GetHashCode();
}

/// <summary>How many groups of failures stand where, and which are news, for every page.</summary>
public sealed class GroupBoard(TimeProvider time) : LiveBoard<GroupView>(GroupView.None, time)
{
    /// <summary>Shows a new reading, if it says something new.</summary>
    public void Show(GroupView next)
    {
        if (next != Current)
            Publish(next);
    }
}
