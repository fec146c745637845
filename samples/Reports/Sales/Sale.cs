using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OpsConsole.Samples.Reports.Sales;

/// <summary>One order line. On disk: number;placed at (ISO, UTC);region;product;customer;quantity;unit price.</summary>
public readonly record struct Sale(long Number, DateTime PlacedAt, Region Region, string Product, string Customer, int Quantity, decimal UnitPrice)
{
    private const string Moment = "yyyy-MM-ddTHH:mm:ss";

    public decimal Amount => Quantity * UnitPrice;

    public string ToLine() => string.Create(CultureInfo.InvariantCulture,
        $"{Number};{PlacedAt.ToString(Moment, CultureInfo.InvariantCulture)};{Region};{Product};{Customer};{Quantity};{UnitPrice:0.00}");

    /// <summary>Reads a line, or says what is wrong with it.</summary>
    public static bool TryParse(string line, out Sale sale, [NotNullWhen(false)] out string? problem)
    {
        sale = default;
        var parts = line.Split(';');
        problem = parts.Length == 7 ? null : $"it has {parts.Length} fields instead of 7";
        if (problem is not null)
            return false;

        var number = Read(long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var n), n, "number", parts[0], ref problem);
        var placed = Read(DateTime.TryParseExact(parts[1], Moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at), at, "time", parts[1], ref problem);
        var region = Read(Enum.TryParse<Region>(parts[2], out var r) && r != Region.All && Enum.IsDefined(r), r, "region", parts[2], ref problem);
        var quantity = Read(int.TryParse(parts[5], NumberStyles.None, CultureInfo.InvariantCulture, out var q) && q > 0, q, "quantity", parts[5], ref problem);
        var price = Read(decimal.TryParse(parts[6], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var p), p, "unit price", parts[6], ref problem);
        sale = new Sale(number, placed, region, parts[3], parts[4], quantity, price);
        return problem is null;
    }

    private static T Read<T>(bool valid, T value, string field, string text, ref string? problem)
    {
        if (!valid)
            problem ??= $"its {field} '{text}' cannot be read";
        return value;
    }
}
