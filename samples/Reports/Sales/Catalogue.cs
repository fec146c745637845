namespace OpsConsole.Samples.Reports.Sales;

/// <summary>What the made-up wholesaler sells, and to whom.</summary>
internal static class Catalogue
{
    public static readonly (string Name, decimal Price)[] Products =
    [
        ("Hex bolt M8", 0.42m), ("Hex bolt M12", 0.88m), ("Wood screw 5x60", 0.11m), ("Wall plug 8 mm", 0.07m),
        ("Cordless drill 18 V", 139m), ("Angle grinder 125", 84.5m), ("Spirit level 60 cm", 23.9m), ("Tape measure 5 m", 7.6m),
        ("Safety helmet", 18.4m), ("Work gloves L", 4.95m), ("Ear defenders", 16.8m), ("Dust mask FFP2", 1.35m),
        ("Copper pipe 15 mm", 9.2m), ("Ball valve 1/2", 6.75m), ("Pipe insulation", 2.1m), ("Radiator 600x1000", 112m),
        ("LED panel 40 W", 38.5m), ("Cable NYM 3x1.5", 0.79m), ("Circuit breaker B16", 5.4m), ("Socket, white", 3.85m),
        ("Wall paint 10 l", 46.9m), ("Primer 5 l", 28.3m), ("Paint roller 25 cm", 8.15m), ("Masking tape", 2.45m),
        ("Roof tile, clay", 1.95m), ("Roofing membrane", 64m), ("Mineral wool 140", 31.7m), ("Plasterboard 12.5", 7.9m),
    ];

    private static readonly string[] Names =
        ["Alder", "Birch", "Brook", "Castle", "Dale", "Elm", "Fern", "Garnet", "Harbour", "Ivy", "Juniper", "Keel", "Larch", "Mill", "North Gate", "Orchard"];

    private static readonly string[] Trades = ["Builders", "Roofing", "Electrical", "Plumbing", "Interiors", "Trade Supply", "Joinery"];

    public static readonly string[] Customers = [.. Names.SelectMany(_ => Trades, (name, trade) => $"{name} {trade}")];
}
