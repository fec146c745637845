using OpsConsole.Data.Figures.Labels;
using OpsConsole.Data.History;
using OpsConsole.Tests.Data.History;

namespace OpsConsole.Tests.Data.Figures;

public class LabelWriterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Volume_is_counted_by_owner_and_by_each_tag()
    {
        await using var space = await HistorySpace.OpenAsync();
        var (epoch, hour) = (await space.AcquireAsync(), Hour(space.Now));

        await WriteAsync(space, epoch,
            Ended(hour, AttemptOutcome.Succeeded, 1, "billing", "acme", "nightly"),
            Ended(hour.AddMinutes(5), AttemptOutcome.Succeeded, 3, "billing", "acme", "acme"),
            Ended(hour.AddMinutes(6), AttemptOutcome.Retrying, 1, "billing"),
            Ended(hour.AddMinutes(7), AttemptOutcome.Failed, 4, "", "acme"));
        await WriteAsync(space, epoch, Ended(hour.AddHours(1), AttemptOutcome.Deleted, 0, ""));

        var store = space.Data.Get<LabelStore>();
        Assert.Equal(
            [new LabelHour(hour, new LabelTally(2, 1, 1, 0, 1)), new LabelHour(hour.AddHours(1), new LabelTally(0, 0, 0, 1, 0))],
            await store.HoursAsync(hour, hour.AddHours(2), Cancel));
        var owners = await store.TopAsync(LabelKind.Owner, hour, hour.AddHours(2), hour.AddDays(-1), hour, 10, Cancel);
        Assert.Equal([("billing", new LabelTally(2, 1, 0, 0, 1)), ("", new LabelTally(0, 0, 1, 1, 0))], owners.Top.Select(one => (one.Name, one.Tally)));
        var tags = await store.TopAsync(LabelKind.Tag, hour.AddDays(1), hour.AddDays(2), hour, hour.AddHours(2), 10, Cancel);
        Assert.Empty(tags.Top);
        tags = await store.TopAsync(LabelKind.Tag, hour, hour.AddHours(2), hour, hour.AddHours(2), 1, Cancel);
        Assert.Equal(("acme", 3, 3L, 3L), (tags.Top.Single().Name, tags.Count, tags.Top.Single().Tally.Ended, tags.Top.Single().Before.Ended));
    }

    [Fact]
    public async Task Names_beyond_the_bound_count_together_whoever_writes_them()
    {
        await using var space = await HistorySpace.OpenAsync();
        var (epoch, hour) = (await space.AcquireAsync(), Hour(space.Now));
        var many = Enumerable.Range(0, LabelLimits.Names + 5).Select(i => Ended(hour.AddSeconds(i), AttemptOutcome.Succeeded, 1, "o" + i)).ToArray();

        await WriteAsync(space, epoch, many);
        // What is held in memory is forgotten, as by a process that takes over.
        foreach (var part in space.Data.Get<IEnumerable<IHistoryPart>>())
            part.Forget();
        await WriteAsync(space, epoch, Ended(hour.AddMinutes(30), AttemptOutcome.Succeeded, 1, "one more"), Ended(hour.AddMinutes(30), AttemptOutcome.Succeeded, 1, "o1"));

        var owners = await space.Data.Get<LabelStore>().TopAsync(LabelKind.Owner, hour, hour.AddHours(1), hour, hour, 3, Cancel);
        Assert.Equal([("", true, 6L), ("o1", false, 2L)], owners.Top.Take(2).Select(one => (one.Name, one.IsFurther, one.Tally.Succeeded)));
        Assert.Equal(LabelLimits.Names + 1, owners.Count);
    }

    [Fact]
    public async Task Hours_that_are_too_old_go()
    {
        await using var space = await HistorySpace.OpenAsync();
        var (epoch, hour) = (await space.AcquireAsync(), Hour(space.Now));
        await WriteAsync(space, epoch, Ended(hour, AttemptOutcome.Succeeded, 1, "billing"));
        space.Data.Time.Advance(TimeSpan.FromDays(LabelLimits.KeepDays + 1));
        await WriteAsync(space, epoch, Ended(hour.AddDays(LabelLimits.KeepDays + 1), AttemptOutcome.Succeeded, 1, "sales"));

        Assert.Equal("1", await space.AskAsync("""SELECT count(DISTINCT "Hour") FROM "LabelHours" """));
        Assert.Equal("0", await space.AskAsync("""SELECT count(*) FROM "Labels" WHERE "Name" = 'billing'"""));
    }

    private static DateTimeOffset Hour(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private static AttemptRow Ended(DateTimeOffset at, AttemptOutcome outcome, int attempt, string owner, params string[] tags) =>
        SomeHistory.Attempt(at, Guid.NewGuid().ToString("N"), outcome) with { Attempt = attempt, Owner = owner, Tags = tags };

    private static async Task WriteAsync(HistorySpace space, long epoch, params AttemptRow[] rows) =>
        Assert.Equal(HistoryWrite.Stored, await space.Store.WriteAsync(epoch, SomeHistory.Batch(rows) with { PositionAt = rows[^1].EndedAt }, Cancel));
}
