using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Runner;
using static OpsConsole.Tests.Web.Schedules.Runner.Plans;

namespace OpsConsole.Tests.Web.Schedules.Runner;

public class WaitsTests
{
    private readonly Jobs _jobs = new();

    [Theory]
    [InlineData(OverlapPolicy.Skip, 1, 0)]
    [InlineData(OverlapPolicy.BufferOne, 1, 0)]
    [InlineData(OverlapPolicy.BufferAll, 1, 0)]
    [InlineData(OverlapPolicy.CancelOther, 1, 2)]
    [InlineData(OverlapPolicy.AllowAll, 3, 0)]
    public void When_nothing_is_in_the_way_the_next_one_goes(OverlapPolicy overlap, int made, int dropped)
    {
        var entry = Entry(overlap);

        var rows = Waits.Release(Term(entry), entry, Noon);

        Assert.Equal((made, dropped), (_jobs.Posted.Count, rows.Count));
        Assert.Equal(3 - made - dropped, entry.Waiting!.Count);
        Assert.All(rows, row => Assert.Equal((OccurrenceState.Skipped, false), (row.State, row.IsOpen)));
        Assert.Equal(overlap == OverlapPolicy.CancelOther ? Noon.AddMinutes(2) : Noon, _jobs.Posted[0].Occurrence.NominalAt);
    }

    [Fact]
    public void It_goes_one_after_the_other()
    {
        var entry = Entry(OverlapPolicy.BufferAll);
        var term = Term(entry);

        Waits.Release(term, entry, Noon);
        Waits.Release(term, entry, Noon);
        Assert.Single(_jobs.Posted);

        entry.Unfinished!.Clear();
        Waits.Release(term, entry, Noon);
        Assert.Equal([Noon, Noon.AddMinutes(1)], _jobs.Posted.Select(job => job.Occurrence.NominalAt));
    }

    [Fact]
    public void What_waits_goes_on_waiting_through_a_pause()
    {
        var entry = Entry(OverlapPolicy.BufferAll);
        entry.Pause = new RunnerPause(Noon, "Ada", null);

        Waits.Release(Term(entry), entry, Noon);

        Assert.Empty(_jobs.Posted);
    }

    [Fact]
    public void Only_what_was_caught_up_is_held_back_to_a_hundred_a_second()
    {
        var entry = Every(60, with: plan => plan with { Overlap = OverlapPolicy.AllowAll });
        entry.Waiting = new Queue<Occurrence>([Late(Noon.AddHours(-1)), Late(Noon)]);

        Waits.Release(Term(entry), entry, Noon);

        Assert.Equal([true, false], _jobs.Posted.Select(job => job.IsPaced));
    }

    [Fact]
    public void What_stands_in_the_way_is_cancelled_where_that_is_the_policy_and_something_waits()
    {
        var entry = Entry(OverlapPolicy.CancelOther);
        Assert.Empty(Waits.InTheWay(entry));
        entry.Unfinished = [IdOf(Noon.AddMinutes(-1))];

        Assert.Equal([IdOf(Noon.AddMinutes(-1))], Waits.InTheWay(entry));
        entry.Waiting!.Clear();
        Assert.Empty(Waits.InTheWay(entry));
    }

    private RunnerTerm Term(RunnerEntry entry)
    {
        var set = new RunnerSet();
        set.Put(entry);
        return new RunnerTerm(1, set, _jobs);
    }

    private static RunnerEntry Entry(OverlapPolicy overlap)
    {
        var entry = Every(60, with: plan => plan with { Overlap = overlap });
        entry.Waiting = new Queue<Occurrence>(Enumerable.Range(0, 3).Select(minute => Waiting(Noon.AddMinutes(minute))));
        return entry;
    }

    private static Occurrence Late(DateTimeOffset due) => new() { ScheduleId = Id, NominalAt = due, DueAt = due, RecordedAt = Noon, State = OccurrenceState.Buffered, IsOpen = true };

    private sealed class Jobs : IRunnerJobs
    {
        public List<RunnerJob> Posted { get; } = [];

        public void Post(RunnerJob job) => Posted.Add(job);

        public bool IsUnderWay(OccurrenceId id) => false;
    }
}
