using System.Globalization;
using OpsConsole.Data.History.Search.Names;

namespace OpsConsole.Tests.Data.History.Search;

public sealed class NameTallyTests
{
    [Fact]
    public void Only_a_name_that_is_new_must_be_written_at_once()
    {
        var tally = new NameTally();
        tally.Know(NameField.Type, "reports.generate");
        tally.Know(NameField.TypeAndQueue, NameFields.Pair("reports.generate", ""));
        tally.Add(SomeHistory.Attempt(Queries.Now));
        Assert.False(tally.HasNew);

        tally.Add(SomeHistory.Attempt(Queries.Now.AddHours(-1)) with { Queue = "bulk" });

        Assert.True(tally.HasNew);
        Assert.Equal([(NameField.Type, 2L, Queries.Now), (NameField.TypeAndQueue, 1L, Queries.Now), (NameField.Queue, 1L, Queries.Now.AddHours(-1)), (NameField.TypeAndQueue, 1L, Queries.Now.AddHours(-1))],
            tally.Pending.Select(seen => (seen.Field, seen.Count, seen.LastAt)));
    }

    [Fact]
    public void Of_too_many_and_too_long_names_only_their_being_is_kept()
    {
        var tally = new NameTally();
        for (var i = 0; i < NameFields.Most; i++)
            tally.Know(NameField.Tag, i.ToString(CultureInfo.InvariantCulture));

        tally.Add(SomeHistory.Attempt(Queries.Now) with { Tags = ["one more", "7"], Type = new string('x', NameFields.LongestName + 1) });

        Assert.Equal([(NameField.Type, ""), (NameField.TypeAndQueue, ""), (NameField.Tag, ""), (NameField.Tag, "7")], tally.Pending.Select(seen => (seen.Field, seen.Name)));
    }
}
