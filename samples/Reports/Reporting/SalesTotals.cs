using OpsConsole.Samples.Reports.Sales;

namespace OpsConsole.Samples.Reports.Reporting;

/// <summary>Sums that a report shows beside its orders, gathered in one pass.</summary>
internal sealed class SalesTotals
{
    private readonly SortedDictionary<(DateTime Day, Region Region), Sum> _days = [];
    private readonly SortedDictionary<string, Sum> _products = new(StringComparer.Ordinal);

    public void Add(in Sale sale)
    {
        Of(_days, (sale.PlacedAt.Date, sale.Region)).Add(sale);
        Of(_products, sale.Product).Add(sale);
    }

    public IEnumerable<KeyValuePair<(DateTime Day, Region Region), Sum>> Days => _days;

    public IEnumerable<KeyValuePair<string, Sum>> Products => _products.OrderByDescending(product => product.Value.Amount);

    public IEnumerable<(Region Region, int Orders, long Pieces, decimal Amount)> Regions => _days
        .GroupBy(day => day.Key.Region, day => day.Value)
        .Select(group => (group.Key, group.Sum(s => s.Orders), group.Sum(s => s.Pieces), group.Sum(s => s.Amount)));

    public decimal Amount => _products.Values.Sum(product => product.Amount);

    private static Sum Of<TKey>(SortedDictionary<TKey, Sum> sums, TKey key) where TKey : notnull
    {
        if (!sums.TryGetValue(key, out var sum))
            sums.Add(key, sum = new Sum());
        return sum;
    }

    internal sealed class Sum
    {
        public int Orders { get; private set; }

        public long Pieces { get; private set; }

        public decimal Amount { get; private set; }

        public void Add(in Sale sale)
        {
            Orders++;
            Pieces += sale.Quantity;
            Amount += sale.Amount;
        }
    }
}
