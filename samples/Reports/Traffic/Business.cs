using System.Text;
using OpsConsole.Samples.Reports.Sales;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports.Traffic;

/// <summary>What the made-up people of the traffic know and do outside of jobs.</summary>
internal sealed class Business(DataFolder data, SalesLedger ledger, DemoPartner partner, TimeProvider time)
{
    private static readonly string[] Paths = ["orders", "shipments", "invoices", "stock"];
    private static readonly string[] Branches = ["north-gate", "harbour", "mill-lane", "castle", "dale", "brook", "orchard", "keel", "garnet", "larch"];
    private int _number;

    public DateTimeOffset Now => time.GetUtcNow();

    public int NextNumber() => Interlocked.Increment(ref _number);

    /// <summary>A month that has sales, and has as many with it as are wanted.</summary>
    public Month MonthOnRecord(int wanted, Random random)
    {
        var months = ledger.Months();
        return months.Count < wanted ? Month.Of(Now.UtcDateTime) : months[random.Next(months.Count - wanted + 1)];
    }

    /// <summary>A month that people ask for too early.</summary>
    public Month MonthToCome(Random random) => Month.Of(Now.UtcDateTime).Add(1 + random.Next(3));

    public static string Customer(Random random) => Pick(Catalogue.Customers, random);

    /// <summary>Address of a customer, or one with the kind of slip that a form lets through.</summary>
    public static string AddressOf(string customer, bool mistyped, Random random)
    {
        var host = customer.ToLowerInvariant().Replace(' ', '-');
        return !mistyped ? $"orders@{host}.example" : Pick([$"orders@@{host}.example", $"orders.{host}.example", $"orders@{host}"], random);
    }

    public string Url(Random random) => $"{partner.Url}/{Pick(Branches, random)}/{Pick(Paths, random)}";

    public string Document(Random random)
    {
        var files = Directory.GetFiles(data.Documents);
        return files.Length == 0 ? "documents" : data.Relative(Pick(files, random));
    }

    /// <summary>A report that is there, or null.</summary>
    public string? Report(Random random)
    {
        var files = Directory.GetFiles(data.Reports, "*.xlsx");
        return files.Length == 0 ? null : data.Relative(Pick(files, random));
    }

    /// <summary>Puts a branch's orders of today into the inbox; returns the file's name. A slip spoils one line.</summary>
    public string SendOrders(bool withSlip, Random random)
    {
        var now = Now.UtcDateTime;
        var name = $"{Pick(Branches, random)}-{now:yyyy-MM-dd}.csv";
        var lines = Enumerable.Range(0, 10 + random.Next(60))
            .Select(i => SalesMaker.Make(NextNumber(), now.AddSeconds(-random.Next((int)now.TimeOfDay.TotalSeconds + 1)), random).ToLine()).ToArray();
        if (withSlip)
        {
            name = "corrected-" + name;
            var bad = random.Next(lines.Length);
            lines[bad] = lines[bad][..lines[bad].LastIndexOf(';')] + (random.Next(2) == 0 ? ";12,40" : ";n/a");
        }
        File.WriteAllLines(Path.Combine(data.Inbox, name), lines, Encoding.UTF8);
        return name;
    }

    public static T Pick<T>(IReadOnlyList<T> items, Random random) => items[random.Next(items.Count)];
}
