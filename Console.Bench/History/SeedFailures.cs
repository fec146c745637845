using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpsConsole.Data.History;

namespace OpsConsole.Bench.History;

/// <summary>One problem of the seed, as its failures show it.</summary>
internal sealed record SeedFailure(FailureIdentity Identity, string ErrorType, string Message, string Stack);

/// <summary>So many problems over the job types, some seen every hour and most hardly ever.</summary>
internal sealed class SeedFailures
{
    private static readonly (string Error, string Message)[] Kinds =
    [
        ("System.TimeoutException", "The answer of {0} took longer than {1} ms."),
        ("System.Net.Http.HttpRequestException", "Response status code does not indicate success: 503 (Service Unavailable) from https://{0}/v{1}/orders."),
        ("Npgsql.PostgresException", "40001: could not serialize access due to concurrent update of {0} at row {1}"),
        ("System.IO.IOException", "The process cannot access the file '/data/{0}/{1}.csv' because it is being used by another process."),
        ("System.InvalidOperationException", "Customer {1} of {0} has no address to send to."),
        ("System.FormatException", "Line {1} of the file from {0} has 7 fields where 9 were expected."),
        ("System.Collections.Generic.KeyNotFoundException", "The given key 'sku-{1}' was not present in the price list of {0}."),
        ("System.ArgumentOutOfRangeException", "Amount {1} of {0} lies outside of what the ledger takes. (Parameter 'amount')"),
    ];

    private readonly SeedFailure[][] _byType;

    public SeedFailures(int groups, IReadOnlyList<SeedType> types)
    {
        var each = Math.Max(1, groups / types.Count);
        _byType = [.. types.Select(type => Enumerable.Range(0, each).Select(i => Make(type, i)).ToArray())];
        Count = each * types.Count;
    }

    public int Count { get; }

    /// <param name="at">From 0 up to 1; low ones are the frequent problems.</param>
    public SeedFailure Pick(int type, double at) => _byType[type][(int)(Math.Pow(at, 3) * _byType[type].Length)];

    /// <summary>The message with values of its own in it, as each failure has them.</summary>
    public static string Message(SeedFailure failure, string tenant, int number) => string.Format(CultureInfo.InvariantCulture, failure.Message, tenant, number);

    private static SeedFailure Make(SeedType type, int index)
    {
        var (error, message) = Kinds[index % Kinds.Length];
        var frame = $"{type.TypeName[..type.TypeName.LastIndexOf('.')]}.Step{index / Kinds.Length:000}Async";
        var stack = $"   at {frame}(Order order, CancellationToken cancel) in /src/Shop/{type.Queue}/Step{index}.cs:line {17 + (index % 300)}\n"
            + $"   at {type.TypeName}(String tenant, CancellationToken cancel) in /src/Shop/{type.Queue}/Jobs.cs:line 42\n"
            + "   at OpsConsole.Jobs.Worker.JobInvoker.InvokeAsync(JobContext context)\n   at OpsConsole.Jobs.Worker.JobRunner.RunAsync(ClaimedJob job)";
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{type.Name} {error} {index}")).AsSpan(0, 16));
        return new SeedFailure(new FailureIdentity(id, string.Format(CultureInfo.InvariantCulture, message, "*", "*"), frame), error, message, stack);
    }
}
