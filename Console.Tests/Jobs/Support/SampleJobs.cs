using OpsConsole.Jobs;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;

namespace OpsConsole.Tests.Jobs.Support;

public enum Colour
{
    Red,
    Green,
}

public sealed record Line(string Product, int Amount, decimal Price);

public sealed record Order(Guid Id, IReadOnlyList<Line> Lines, Colour Colour = Colour.Red, DateTimeOffset? Due = null);

/// <summary>Job declarations that nothing runs: the tests of the client's side need only their shape.</summary>
public class SampleJobs
{
    [Job("sample.add")]
    public void Add(int number, string text) => _ = (number, text);

    [Job("sample.order", Queue = "orders")]
    public Task TakeAsync(Order order, JobContext context, CancellationToken cancel, int copies = 1) => Task.FromResult((order, context, copies, cancel));

    [Job("sample.only-one"), Unique("tenant:{tenant}")]
    public void OnlyOne(string tenant, int number) => _ = (tenant, number);

    public void Plain(DateTime at, int? maybe, List<Order> orders, string[] names) => _ = (at, maybe, orders, names);

    /// <summary>The catalogue entry that a host publishes for one of the methods here.</summary>
    public static JobType Published(string method)
    {
        var info = typeof(SampleJobs).GetMethod(method)!;
        var declared = (JobAttribute)info.GetCustomAttributes(typeof(JobAttribute), false)[0];
        var unique = (UniqueAttribute?)info.GetCustomAttributes(typeof(UniqueAttribute), false).FirstOrDefault();
        var parameters = info.GetParameters().Select(JobSchema.Describe).ToList();
        return new JobType
        {
            Name = declared.Name,
            Key = TypeKey.Of(TypeNames.Stored(typeof(SampleJobs)), method, parameters.Select(parameter => parameter.TypeName)),
            TypeName = TypeNames.Stored(typeof(SampleJobs)),
            Method = method,
            Parameters = parameters,
            Queue = declared.Queue,
            UniqueKey = unique is null ? null : unique.Key ?? "",
            Retries = 3,
            SoftLimitSeconds = 60,
            HardLimitSeconds = 120,
        };
    }
}
