using System.Runtime.CompilerServices;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports.Sales;

/// <summary>
/// The sales of the house: one folder per month, in it one file for what was there at the start and one for each import.
/// An import is one move of a file, so that it happens whole or not at all, and once.
/// </summary>
public sealed class SalesLedger(DataFolder data)
{
    /// <summary>Months that have sales, oldest first.</summary>
    public IReadOnlyList<Month> Months() =>
        [.. Directory.EnumerateDirectories(data.Ledger).Select(folder => Month.Parse(Path.GetFileName(folder))).Order()];

    public string FolderOf(Month month) => Path.Combine(data.Ledger, month.ToString());

    /// <exception cref="SalesMissingException">One of the months has no sales.</exception>
    public void Require(Month from, int months)
    {
        for (var i = 0; i < months; i++)
            if (!Directory.Exists(FolderOf(from.Add(i))))
                throw SalesMissingException.For(from.Add(i), Months());
    }

    /// <summary>Lines of the months, without reading them one by one.</summary>
    public async Task<int> CountAsync(Month from, int months, CancellationToken cancellation)
    {
        var lines = 0;
        var buffer = new byte[128 * 1024];
        foreach (var file in Files(from, months))
        {
            await using var stream = File.OpenRead(file);
            for (int read; (read = await stream.ReadAsync(buffer, cancellation)) > 0;)
                lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }
        return lines;
    }

    /// <summary>Sales of the months, file by file.</summary>
    /// <exception cref="InvalidDataException">A line cannot be read.</exception>
    public async IAsyncEnumerable<Sale> ReadAsync(Month from, int months, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var file in Files(from, months))
            await foreach (var sale in ReadFileAsync(file, cancellation))
                yield return sale;
    }

    /// <summary>Sales of one file.</summary>
    /// <exception cref="InvalidDataException">A line cannot be read.</exception>
    public async IAsyncEnumerable<Sale> ReadFileAsync(string file, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(file, cancellation))
        {
            number++;
            if (!Sale.TryParse(line, out var sale, out var problem))
                throw new InvalidDataException($"Line {number} of '{data.Relative(file)}' is not a sale: {problem}. Correct the line, then retry.");
            yield return sale;
        }
    }

    private IEnumerable<string> Files(Month from, int months) => Enumerable.Range(0, months)
        .SelectMany(i => Directory.GetFiles(FolderOf(from.Add(i)), "*.csv").Order(StringComparer.Ordinal));
}
