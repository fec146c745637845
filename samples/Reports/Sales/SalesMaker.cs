using System.Text;
using Microsoft.Extensions.Options;
using OpsConsole.Samples.Reports.Configuration;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports.Sales;

/// <summary>Makes plausible sales: busy Fridays and Decembers, quiet Sundays, growing regions and shrinking ones.</summary>
public sealed class SalesMaker(SalesLedger ledger, IOptions<ReportsOptions> options, TimeProvider time)
{
    private static readonly double[] Weekday = [0.45, 0.95, 0.9, 0.95, 1.1, 1.35, 1.3];
    private static readonly double[] Season = [0.85, 0.82, 0.95, 1.0, 1.02, 1.0, 0.92, 0.9, 1.0, 1.05, 1.2, 1.4];

    /// <summary>Makes the months that are missing, up to today.</summary>
    public async Task MakeMissingAsync(CancellationToken cancellation)
    {
        var today = time.GetUtcNow().UtcDateTime.Date;
        var current = Month.Of(today);
        for (var month = current.Add(1 - options.Value.LedgerMonths); month <= current; month = month.Add(1))
            if (!Directory.Exists(ledger.FolderOf(month)))
                await MakeAsync(month, today, cancellation);
    }

    private async Task MakeAsync(Month month, DateTime today, CancellationToken cancellation)
    {
        var folder = ledger.FolderOf(month);
        var file = Path.Combine(folder, "orders.csv");
        Directory.CreateDirectory(folder);
        await AtomicFile.WriteAsync(file, async part =>
        {
            var random = new Random(month.Year * 100 + month.Number);
            await using var writer = new StreamWriter(part, append: false, Encoding.UTF8);
            for (var day = 0; day < month.Days && month.FirstDay.AddDays(day) <= today; day++)
                await WriteDayAsync(writer, month, month.FirstDay.AddDays(day), random, cancellation);
        });
    }

    private async Task WriteDayAsync(StreamWriter writer, Month month, DateTime day, Random random, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var mean = options.Value.OrdersPerDay * Weekday[(int)day.DayOfWeek] * Season[month.Number - 1];
        var orders = Math.Max(1, (int)(mean * (0.9 + random.NextDouble() * 0.2)));
        var first = long.Parse(day.ToString("yyMMdd", null), null) * 100_000;
        for (var i = 0; i < orders; i++)
            await writer.WriteLineAsync(Make(first + i, day.AddSeconds(86_400.0 * i / orders), random).ToLine());
    }

    /// <summary>One plausible order.</summary>
    public static Sale Make(long number, DateTime at, Random random)
    {
        var product = Catalogue.Products[(int)(Math.Pow(random.NextDouble(), 1.6) * Catalogue.Products.Length)];
        var region = Enum.GetValues<Region>()[1 + (int)(Math.Pow(random.NextDouble(), 1.25) * 5)];
        var quantity = 1 + (int)(-Math.Log(1 - random.NextDouble()) * 2.5);
        var price = Math.Round(product.Price * (0.9m + (decimal)random.NextDouble() * 0.15m), 2);
        return new Sale(number, at, region, product.Name, Catalogue.Customers[random.Next(Catalogue.Customers.Length)], quantity, price);
    }
}
