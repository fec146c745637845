using System.Text.Json;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Jobs.Worker;
using OpsConsole.Tests.Support;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Protocol;

/// <summary>What we write has the fields, lists and lifetimes of what Hangfire was seen to write (Fixtures).</summary>
public sealed class HangfireShapeTests
{
    // One job of the fixture in each state, and the fields that ours may have beside.
    private static readonly Dictionary<string, string> Samples = new()
    {
        ["Enqueued"] = "28037ad6",
        ["Scheduled"] = "f35c1b43",
        ["Awaiting"] = "23bea53b",
        ["Processing"] = "7d6c04f8",
        ["Succeeded"] = "2b3db947",
        ["Failed"] = "66249ab1",
        ["Deleted"] = "c36ff78c",
    };

    private static readonly string[] OurFields = ["UniqueKey", "ParentId", "Attempt", "Queue"];

    [Fact]
    public async Task A_job_in_each_state_has_the_shape_of_one_of_Hangfire()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var control = new JobControl(space.Redis, TimeProvider.System);
        await space.StartAsync();
        var at = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var running = await space.EnqueueAsync(job => job.Wait("gate", default));
        await space.SeeAsync(JobEventKinds.Processing, running);
        var deleted = await space.EnqueueAsync(job => job.Note("x"), new EnqueueOptions { At = at });
        await control.DeleteAsync(deleted, new Actor("ada", ""), JobsSpace.Cancel);
        var ours = new Dictionary<string, string>
        {
            ["Processing"] = running,
            ["Deleted"] = deleted,
            ["Enqueued"] = await space.NoteAsync("x", "nobody"),
            ["Scheduled"] = await space.EnqueueAsync(job => job.Note("x"), new EnqueueOptions { At = at }),
            ["Awaiting"] = await space.ContinueAsync(running, job => job.Note("x"), ContinueOn.Any),
            ["Succeeded"] = await space.EnqueueAsync(job => job.Add(1, 2)),
            ["Failed"] = await space.EnqueueAsync(job => job.FailOnce("no")),
        };
        await space.SeeAsync(JobEventKinds.Succeeded, ours["Succeeded"]);
        await space.SeeAsync(JobEventKinds.Failed, ours["Failed"]);

        var theirs = await Fixture();
        foreach (var (state, id) in ours)
        {
            var sample = Samples[state];
            var hash = await FieldsAsync(space.Database, space.Keys.Job(id));
            // An empty mark of the fetch is none: Hangfire reads it so, and hides the field from its dashboard.
            if (await space.FieldAsync(id, "Fetched") is "")
                hash = [.. hash.Except(["Fetched"])];
            Assert.Equal(state, await space.FieldAsync(id, "State"));
            Assert.Empty(theirs[$"job:{sample}"].Except(hash).Except(["Fetched", "CurrentUICulture", "Continuations"]));
            Assert.Empty(hash.Except(theirs[$"job:{sample}"]).Except(OurFields).Except(["Continuations"]));
            AssertSame(theirs[$"job:{sample}:state"], await FieldsAsync(space.Database, space.Keys.JobStateData(id)), state);
            AssertSame(theirs[$"job:{sample}:history"], NamesOf(await space.Database.ListGetByIndexAsync(space.Keys.JobHistory(id), -1)), state + " in the history");
            var lifetime = await space.Database.KeyTimeToLiveAsync(space.Keys.Job(id));
            Assert.Equal(state is "Succeeded" or "Deleted", lifetime is not null && lifetime <= TimeSpan.FromDays(1));
            Assert.Equal(lifetime is null, await space.Database.KeyTimeToLiveAsync(space.Keys.JobHistory(id)) is null);
        }
        space.Probe.Gate("gate").SetResult();
    }

    // Reason and Result are there only when there is one.
    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual, string what) =>
        Assert.True(expected.Except(["Reason", "Result"]).Order().SequenceEqual(actual.Except(["Reason", "Result"]).Order()), $"{what}: {string.Join(",", expected.Order())} / {string.Join(",", actual.Order())}");

    private static async Task<string[]> FieldsAsync(IDatabase database, string key) => [.. (await database.HashKeysAsync(key)).Select(name => (string)name!)];

    private static string[] NamesOf(string? json) => [.. JsonDocument.Parse(json!).RootElement.EnumerateObject().Select(field => field.Name)];

    // Field names by 'job:<first letters of the id>' and its two companions.
    private static async Task<Dictionary<string, string[]>> Fixture()
    {
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(Repository.PathOf("Console.Tests/Fixtures/rich-180.json")));
        var found = new Dictionary<string, string[]>();
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            var parts = entry.GetProperty("key").GetString()!.Split(':');
            if (parts[1] != "job")
                continue;
            var value = entry.GetProperty("value");
            found[$"job:{parts[2][..8]}{(parts.Length > 3 ? ":" + parts[3] : "")}"] = value.ValueKind == JsonValueKind.Object ? [.. value.EnumerateObject().Select(field => field.Name)] : NamesOf(value[value.GetArrayLength() - 1].GetString());
        }
        return found;
    }
}
