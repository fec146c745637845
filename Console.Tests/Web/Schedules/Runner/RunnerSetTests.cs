using OpsConsole.Web.Schedules.Runner;

namespace OpsConsole.Tests.Web.Schedules.Runner;

public class RunnerSetTests
{
    [Fact]
    public void What_is_due_comes_out_in_its_order_whatever_was_changed_before()
    {
        var random = new Random(7);
        var set = new RunnerSet();
        var entries = Enumerable.Range(0, 2_000).Select(_ => Entry(random.Next(100_000))).ToList();
        entries.ForEach(set.Put);
        foreach (var entry in entries.Where((_, i) => i % 3 == 0))
        {
            entry.Next = Plan(random.Next(100_000));
            set.Put(entry);
        }
        foreach (var entry in entries.Where((_, i) => i % 7 == 0))
            set.Remove(entry.Id);
        foreach (var entry in entries.Where((_, i) => i % 11 == 0 && i % 7 != 0))
        {
            entry.Next = null;
            set.Put(entry);
        }

        var due = set.TakeDue(Plans.Noon.AddSeconds(50_000), int.MaxValue);

        var expected = set.All.Concat(due).Distinct().Where(entry => entry.Next?.DueAt <= Plans.Noon.AddSeconds(50_000)).Select(entry => entry.Next!.Value.DueAt).Order();
        Assert.Equal(expected, due.Select(entry => entry.Next!.Value.DueAt));
        Assert.Equal(set.All.Count(entry => entry.Next is not null) - due.Count, set.Planned);
        Assert.Equal(set.All.Except(due).Where(entry => entry.Next is not null).Min(entry => entry.Next!.Value.DueAt), set.NextDueAt);
    }

    [Fact]
    public void A_schedule_that_cannot_be_run_is_kept_and_never_due()
    {
        var set = new RunnerSet();
        var entry = Entry(1);
        set.Put(entry);
        entry.Plan = null;

        set.Put(entry);

        Assert.Empty(set.TakeDue(DateTimeOffset.MaxValue, 10));
        Assert.True(set.TryGet(entry.Id, out _));
    }

    private static RunnerEntry Entry(int seconds) => new(Guid.NewGuid())
    {
        Plan = new RunnerPlan { Name = "any", JobType = "any", Moments = new Plans.EverySeconds(60) },
        Next = Plan(seconds),
    };

    private static RunnerMoment Plan(int seconds) => new(Plans.Noon.AddSeconds(seconds), Plans.Noon.AddSeconds(seconds));
}
