using OpsConsole.Web.Schedules.Runner;

namespace OpsConsole.Tests.Web.Schedules.Runner;

public class EntryUpdateTests
{
    private static readonly DateTimeOffset Noon = Plans.Noon;

    [Fact]
    public void Moments_of_the_new_plan_before_the_edit_are_not_owed()
    {
        var entry = Plans.Every(3_600, Noon.AddHours(1));

        Replace(entry, every: 60, from: Noon.AddSeconds(90));

        Assert.Equal(Noon.AddSeconds(120), entry.Next?.NominalAt);
    }

    [Fact]
    public void Moments_that_were_due_before_the_edit_are_still_owed_as_they_were_planned()
    {
        var entry = Plans.Every(60, Noon);

        Replace(entry, every: 45, from: Noon.AddSeconds(130));

        Assert.Equal([0, 60, 120, 135, 180], Following(entry, 5));
    }

    [Fact]
    public void A_moment_that_waits_for_its_jitter_stays_when_the_new_plan_has_it_too()
    {
        var entry = Plans.Every(60, Noon, jitter: 30);

        Replace(entry, every: 20, from: Noon.AddSeconds(10));

        Assert.Equal([0, 20], Following(entry, 2));
    }

    [Fact]
    public void A_moment_that_waits_for_its_jitter_goes_when_the_new_plan_does_not_have_it()
    {
        var entry = Plans.Every(60, Noon.AddSeconds(60), jitter: 30);

        Replace(entry, every: 50, from: Noon.AddSeconds(70));

        Assert.Equal([100], Following(entry, 1));
    }

    [Fact]
    public void A_moment_in_the_ledger_never_comes_again()
    {
        var entry = Plans.Every(60, Noon.AddSeconds(180));
        entry.LastNominalAt = Noon.AddSeconds(120);

        Replace(entry, every: 60, from: Noon.AddSeconds(30));

        Assert.Equal(Noon.AddSeconds(180), entry.Next?.NominalAt);
    }

    [Fact]
    public void A_schedule_that_has_had_all_its_runs_gets_none_by_an_edit_that_allows_no_more()
    {
        var entry = Plans.Every(60, Noon);
        entry.Runs = 5;

        EntryUpdate.Replace(entry, Plan(60) with { MaxRuns = 5 }, null, Noon);
        Assert.Null(entry.Next);

        EntryUpdate.Replace(entry, Plan(60) with { MaxRuns = 6 }, null, Noon);
        Assert.Equal(Noon.AddSeconds(60), entry.Next?.NominalAt);
    }

    [Fact]
    public void A_plan_that_means_something_else_today_is_followed_from_now_on()
    {
        var entry = Plans.Every(60, Noon.AddSeconds(90));

        Assert.True(EntryUpdate.Recompute(entry, Noon.AddSeconds(10)));
        Assert.Equal(Noon.AddSeconds(60), entry.Next?.NominalAt);
        Assert.False(EntryUpdate.Recompute(entry, Noon.AddSeconds(20)));
    }

    [Fact]
    public void What_is_due_already_is_not_computed_again()
    {
        var entry = Plans.Every(60, Noon.AddSeconds(7));

        Assert.False(EntryUpdate.Recompute(entry, Noon.AddSeconds(1_000)));
        Assert.Equal(Noon.AddSeconds(7), entry.Next?.NominalAt);
    }

    private static void Replace(RunnerEntry entry, int every, DateTimeOffset from) => EntryUpdate.Replace(entry, Plan(every), entry.Plan!.Moments, from);

    private static RunnerPlan Plan(int every) => new() { Name = "any", JobType = "any", Moments = new Plans.EverySeconds(every) };

    private static List<int> Following(RunnerEntry entry, int count)
    {
        var seconds = new List<int>();
        for (var next = entry.Next; next is { } moment && seconds.Count < count; next = entry.After(moment.NominalAt))
            seconds.Add((int)(moment.NominalAt - Noon).TotalSeconds);
        return seconds;
    }
}
