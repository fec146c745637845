using System.Reflection;
using System.Text.Json;
using OpsConsole.Jobs;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;

namespace OpsConsole.Tests.Jobs.Worker;

public class CatalogueTests
{
    [Theory]
    [InlineData("Shop.Jobs, Shop", "[]", "Shop.Jobs.Run()")]
    [InlineData("Shop.Jobs, Shop, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null", "[\"System.Int32\"]", "Shop.Jobs.Run(System.Int32)")]
    [InlineData("Shop.Jobs", "[\"System.Nullable`1[[System.Int32]], mscorlib\"]", "Shop.Jobs.Run(System.Nullable`1[[System.Int32]])")]
    [InlineData("Shop.Jobs", "[\"System.Nullable`1[[System.Int32, System.Private.CoreLib, Version=10.0.0.0]], System.Private.CoreLib\"]", "Shop.Jobs.Run(System.Nullable`1[[System.Int32]])")]
    [InlineData("Shop.Repo`2[[System.Guid, mscorlib],[Shop.Order, Shop]], Shop", "[\"System.Int32[], mscorlib\",\"System.Int32[,], mscorlib\"]", "Shop.Repo`2[[System.Guid],[Shop.Order]].Run(System.Int32[],System.Int32[,])")]
    [InlineData("Shop.Repo`2+Nested[[System.Int32],[System.String]], Shop", "[]", "Shop.Repo`2+Nested[[System.Int32],[System.String]].Run()")]
    [InlineData("Shop.Jobs", "not json", "Shop.Jobs.Run()")]
    public void Type_keys_leave_assemblies_out(string type, string parameterTypes, string key) =>
        Assert.Equal(key, TypeKey.Of(type, "Run", parameterTypes));

    [Fact]
    public void A_broken_type_name_gives_some_key_and_no_loop()
    {
        foreach (var name in new[] { "[", "]", "A[[", "A[[B", "A[[B]", "A]]", "A[,", ",", "", "A[[B,C],[D" })
            Assert.NotNull(TypeKey.Bare(name));
    }

    [Fact]
    public void A_method_is_found_whatever_assembly_version_is_stored()
    {
        var catalogue = CatalogueOf(typeof(ProbeJobs));

        Assert.Equal("probe.note", catalogue.Find("OpsConsole.Tests.Jobs.Worker.ProbeJobs, OpsConsole.Tests, Version=9.9.9.9", "Note", "[\"System.String, mscorlib\"]")?.Type.Name);
        Assert.Null(catalogue.Find("OpsConsole.Tests.Jobs.Worker.ProbeJobs, OpsConsole.Tests", "Note", "[\"System.Int32\"]"));
    }

    [Fact]
    public async Task Every_kind_of_result_is_awaited()
    {
        foreach (var job in CatalogueOf(typeof(ResultJobs)).Jobs)
            Assert.Equal(job.Type.Name.StartsWith("none", StringComparison.Ordinal) ? null : 5, await job.Call(new ResultJobs(), []));
    }

    [Fact]
    public void Declarations_that_cannot_work_are_refused_by_name()
    {
        Assert.Contains("bad.twice", Assert.Throws<InvalidOperationException>(() => CatalogueOf(typeof(TwiceJobs))).Message, StringComparison.Ordinal);
        Assert.Contains("'customer', which is no parameter", Assert.Throws<InvalidOperationException>(() => CatalogueOf(typeof(BadKeyJobs))).Message, StringComparison.Ordinal);
        Assert.Contains("by reference", Assert.Throws<InvalidOperationException>(() => CatalogueOf(typeof(ByRefJobs))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Schemas_say_what_may_be_null_and_what_an_enum_allows()
    {
        var parameters = CatalogueOf(typeof(ProbeJobs)).Jobs.Single(job => job.Type.Name == "probe.order").Type.Parameters;

        Assert.DoesNotContain("null", parameters[0].SchemaJson.Split("\"properties\"")[0], StringComparison.Ordinal);
        Assert.Contains("\"Monday\"", parameters[0].SchemaJson, StringComparison.Ordinal);
        Assert.Contains("null", parameters[4].SchemaJson, StringComparison.Ordinal);
        Assert.True(parameters[5].IsInjected && parameters[6].IsInjected);
    }

    [Fact]
    public void Uniqueness_keys_take_values_out_of_arguments()
    {
        var type = CatalogueOf(typeof(KeyJobs)).Jobs.Single(job => job.Type.Name == "key.order").Type;
        var all = CatalogueOf(typeof(KeyJobs)).Jobs.Single(job => job.Type.Name == "key.all").Type;

        Assert.EndsWith("KeyJobs.ByOrder:ACME/7", UniqueKeyTemplate.Expand(type, ["""{"Customer":"ACME"}""", "7"]), StringComparison.Ordinal);
        Assert.Equal(UniqueKeyTemplate.Expand(all, ["\"a\"", "1"]), UniqueKeyTemplate.Expand(all, ["\"a\"", "1"]));
        Assert.NotEqual(UniqueKeyTemplate.Expand(all, ["\"a\"", "1"]), UniqueKeyTemplate.Expand(all, ["\"a\"", "2"]));
        Assert.Null(UniqueKeyTemplate.Expand(CatalogueOf(typeof(ProbeJobs)).Jobs[0].Type, []));
    }

    private static WorkerCatalogue CatalogueOf(Type type) => new(JobMethodReader.JobMethods(type).Select(method => (type, method)), "1.0");

    public sealed class ResultJobs
    {
        [Job("none.void")] public void Void() { }
        [Job("none.task")] public async Task Task() => await System.Threading.Tasks.Task.Yield();
        [Job("none.value-task")] public async ValueTask ValueTask() => await System.Threading.Tasks.Task.Yield();
        [Job("some.plain")] public int Plain() => 5;
        [Job("some.task")] public async Task<int> TaskOf() { await System.Threading.Tasks.Task.Yield(); return 5; }
        [Job("some.value-task")] public ValueTask<int> ValueTaskOf() => new(5);
        [Job("some.static")] public static int Static() => 5;
    }

    public sealed class KeyJobs
    {
        [Job("key.order"), Unique("{order.Customer}/{number}")] public void ByOrder(Order order, int number) => _ = (order, number);
        [Job("key.all"), Unique] public void All(string text, int number) => _ = (text, number);
    }

    private sealed class TwiceJobs
    {
        [Job("bad.twice")] public void One() { }
        [Job("bad.twice")] public void Two() { }
    }

    private sealed class BadKeyJobs
    {
        [Job("bad.key"), Unique("{customer}")] public void One(int number) => _ = number;
    }

    private sealed class ByRefJobs
    {
        [Job("bad.ref")] public void One(ref int number) => number++;
    }
}
