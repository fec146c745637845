using OpsConsole.Data.Failures;

namespace OpsConsole.Web.Live;

/// <summary>How many groups of failures stand where, for every page.</summary>
public sealed class GroupBoard(TimeProvider time) : LiveBoard<GroupCounts>(new GroupCounts(0, 0, 0, 0, 0, 0), time)
{
    /// <summary>Shows a new reading, if it says something new.</summary>
    public void Show(GroupCounts next)
    {
        if (next != Current)
            Publish(next);
    }
}
