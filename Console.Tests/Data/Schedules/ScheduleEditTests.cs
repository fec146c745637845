using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Data.Schedules;

/// <summary>Edits, versions and names.</summary>
public class ScheduleEditTests(DataSpace space) : IClassFixture<DataSpace>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ScheduleStore Store => space.Get<ScheduleStore>();

    [Fact]
    public async Task A_schedule_comes_back_as_it_was_made()
    {
        var made = await Store.ScheduleAsync();

        var read = await Store.GetAsync(made.Id, Cancel);

        Assert.True(ScheduleJson.Same(made.Definition, read!.Definition));
        Assert.Equal((1, "reports.generate", "reports", "platform"), (read.Version, read.JobType, read.Queue, read.Owner));
        Assert.Null(read.Cursor!.NextDueAt);
        Assert.Null(await Store.GetAsync(Guid.NewGuid(), Cancel));
    }

    [Fact]
    public async Task An_edit_makes_a_version_that_can_be_restored()
    {
        var made = await Store.ScheduleAsync();
        space.Time.Advance(TimeSpan.FromMinutes(5));

        var edited = await Store.SaveAsync(made.Id, 1, made.Definition with { Description = "one" }, new ScheduleAuthor("bob", "tidy"), cancel: Cancel);
        var restored = await Store.SaveAsync(made.Id, 2, made.Definition, Some.Ada, restoredFrom: 1, cancel: Cancel);

        Assert.Equal([ScheduleWriteOutcome.Saved, ScheduleWriteOutcome.Saved], [edited.Outcome, restored.Outcome]);
        Assert.True(edited.Schedule!.UpdatedAt > made.UpdatedAt);
        var versions = await Store.VersionsAsync(made.Id, null, 10, Cancel);
        Assert.Equal([(3, "ada", "for a test", 1), (2, "bob", "tidy", null), (1, "ada", "for a test", (int?)null)],
            versions.Select(v => (v.Version, v.By, v.Why, v.RestoredFrom)));
        Assert.Equal([1], (await Store.VersionsAsync(made.Id, 2, 10, Cancel)).Select(v => v.Version));
        Assert.Equal("one", (await Store.GetVersionAsync(made.Id, 2, Cancel))!.Definition.Description);
        Assert.Null(await Store.GetVersionAsync(made.Id, 4, Cancel));
    }

    [Fact]
    public async Task What_changes_nothing_makes_no_version()
    {
        var made = await Store.ScheduleAsync();

        var same = made.Definition with { Job = made.Definition.Job with { Arguments = """{ "day" : "today" }""" }, Tags = ["nightly", " nightly ", ""] };
        var write = await Store.SaveAsync(made.Id, 1, same, Some.Ada, cancel: Cancel);

        Assert.Equal((ScheduleWriteOutcome.Unchanged, 1), (write.Outcome, write.Schedule!.Version));
        Assert.Single(await Store.VersionsAsync(made.Id, null, 10, Cancel));
    }

    [Fact]
    public async Task Of_many_editors_at_once_one_wins_and_the_others_see_what_it_wrote()
    {
        var made = await Store.ScheduleAsync();

        var writes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Store.SaveAsync(made.Id, 1, made.Definition with { Description = "editor " + i }, Some.Ada, cancel: Cancel)));

        var won = Assert.Single(writes, w => w.Outcome == ScheduleWriteOutcome.Saved).Schedule!.Definition.Description;
        Assert.All(writes.Where(w => w.Outcome != ScheduleWriteOutcome.Saved),
            w => Assert.Equal((ScheduleWriteOutcome.Conflict, won, 2), (w.Outcome, w.Schedule!.Definition.Description, w.Schedule.Version)));
    }

    [Fact]
    public async Task Of_many_who_take_a_name_at_once_one_gets_it()
    {
        var name = "Contended " + Guid.NewGuid();

        var writes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Store.CreateAsync(Some.Definition(i % 2 == 0 ? name.ToUpperInvariant() : name), Some.Ada, Cancel)));

        Assert.Single(writes, w => w.Outcome == ScheduleWriteOutcome.Saved);
        Assert.Equal(7, writes.Count(w => w is { Outcome: ScheduleWriteOutcome.NameTaken, Schedule: null }));
    }

    [Theory]
    [InlineData("nightly report", "NIGHTLY Report ")]
    [InlineData("straße", "Straße")]
    [InlineData("Élan", "E\u0301LAN")]
    [InlineData("отчёт", "ОТЧЁТ")]
    public async Task Names_that_differ_only_in_case_or_form_are_the_same(string name, string other)
    {
        var unique = Guid.NewGuid().ToString();
        var made = await Store.ScheduleAsync(name + unique);
        var second = await Store.ScheduleAsync();

        Assert.Equal(ScheduleWriteOutcome.NameTaken, (await Store.CreateAsync(Some.Definition(other.TrimEnd() + unique), Some.Ada, Cancel)).Outcome);
        Assert.Equal(ScheduleWriteOutcome.NameTaken, (await Store.SaveAsync(second.Id, 1, Some.Definition(other.TrimEnd() + unique), Some.Ada, cancel: Cancel)).Outcome);
        Assert.Equal(made.Id, (await Store.FindByNameAsync(other.TrimEnd() + unique + " ", Cancel))!.Id);
        Assert.Equal(ScheduleWriteOutcome.Saved, (await Store.SaveAsync(made.Id, 1, Some.Definition(other.TrimEnd() + unique), Some.Ada, cancel: Cancel)).Outcome);
    }

    [Fact]
    public async Task The_name_of_a_deleted_schedule_is_free_and_its_versions_stay()
    {
        var made = await Store.ScheduleAsync();
        Assert.Equal([made.Id], await Store.DeleteAsync([made.Id], Cancel));

        var again = await Store.ScheduleAsync(made.Name);

        Assert.Equal(again.Id, (await Store.FindByNameAsync(made.Name, Cancel))!.Id);
        Assert.NotNull((await Store.GetAsync(made.Id, Cancel))!.DeletedAt);
        Assert.Single(await Store.VersionsAsync(made.Id, null, 10, Cancel));
        Assert.Equal(ScheduleWriteOutcome.NotFound, (await Store.SaveAsync(made.Id, 1, Some.Definition(), Some.Ada, cancel: Cancel)).Outcome);
        Assert.Empty(await Store.PauseAsync([made.Id], "ada", "", cancel: Cancel));
        Assert.Empty(await Store.DeleteAsync([made.Id], Cancel));
    }

    [Fact]
    public async Task Text_that_the_database_refuses_is_stored_visibly_and_markup_as_it_is()
    {
        var odd = "<script>alert('" + Guid.NewGuid() + "')</script>\0\uD83D";
        var definition = new ScheduleDefinition
        {
            Name = odd,
            Description = odd,
            Owner = odd,
            Tags = [odd],
            Job = new ScheduledJob { Type = odd, Queue = odd, Arguments = """{"html":"<b>\u0000\ud83d","raw":""" + "\"\uD83D\"}" },
            When = new ScheduleTiming { Cron = [odd], ExceptRanges = [new(default, default, odd)], ExceptCalendars = [odd] },
        };
        var stored = odd.Replace('\0', '\uFFFD').Replace('\uD83D', '\uFFFD');

        var made = (await Store.CreateAsync(definition, new ScheduleAuthor(odd, odd), Cancel)).Schedule!;
        await Store.PauseAsync([made.Id], odd, odd, cancel: Cancel);

        var read = (await Store.GetAsync(made.Id, Cancel))!;
        Assert.True(ScheduleJson.Same(made.Definition, read.Definition));
        Assert.Equal((stored, stored, stored, stored), (read.Name, read.JobType, read.PausedBy, read.PauseNote));
        Assert.Equal("""{"html":"<b>\u0000\ud83d","raw":""" + "\"\uFFFD\"}", read.Definition.Job.Arguments);
        Assert.Equal(stored, Assert.Single(await Store.VersionsAsync(made.Id, null, 1, Cancel)).Why);
        Assert.Single((await Store.ListAsync(new ScheduleQuery { Text = odd, Tag = odd, JobType = odd, Queue = odd, Owner = odd }, Cancel)).Items);
        Assert.Equal(made.Id, (await Store.FindByNameAsync(odd, Cancel))!.Id);
    }

    [Fact]
    public async Task Text_of_any_length_fits()
    {
        var longest = new string('ﬃ', 10_000);

        var made = (await Store.CreateAsync(new ScheduleDefinition { Name = Guid.NewGuid() + longest, Description = longest, Owner = longest, Tags = [.. Enumerable.Repeat(longest, 3)] }, Some.Ada, Cancel)).Schedule!;

        Assert.Equal((ScheduleLimits.Name, ScheduleLimits.Owner), (made.Name.Length, made.Owner.Length));
        Assert.NotNull(await Store.FindByNameAsync(made.Name, Cancel));
    }
}
