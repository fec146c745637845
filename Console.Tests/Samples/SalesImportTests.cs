using OpsConsole.Samples.Reports.Sales;

namespace OpsConsole.Tests.Samples;

public sealed class SalesImportTests : IDisposable
{
    private const string Good = "7;2026-11-19T10:00:00;North;Hex bolt M8;Elm Joinery;3;0.50\n8;2026-11-19T11:00:00;South;Primer 5 l;Elm Joinery;1;28.30\n";
    private readonly SampleFolder _sample = new();
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _sample.Dispose();

    [Fact]
    public async Task Imported_orders_are_in_the_next_report()
    {
        await _sample.MakeSalesAsync();
        var before = await _sample.Ledger.CountAsync(new Month(2026, 11), 1, Cancellation);
        _sample.Put("inbox/elm.csv", Good);

        var result = await _sample.SalesJobs.ImportAsync("elm.csv", _sample.Job, Cancellation);

        Assert.Equal(new ImportResult("elm.csv", "2026-11", 2, 29.80m, WasThere: false), result);
        Assert.Equal(before + 2, await _sample.Ledger.CountAsync(new Month(2026, 11), 1, Cancellation));
        Assert.Empty(Directory.EnumerateFiles(_sample.Data.Inbox));
    }

    [Fact]
    public async Task Import_that_ran_already_changes_nothing()
    {
        await _sample.MakeSalesAsync();
        _sample.Put("inbox/elm.csv", Good);
        await _sample.SalesJobs.ImportAsync("elm.csv", _sample.Job, Cancellation);
        var before = await _sample.Ledger.CountAsync(new Month(2026, 11), 1, Cancellation);

        var again = await _sample.SalesJobs.ImportAsync("elm.csv", _sample.Job, Cancellation);

        Assert.True(again.WasThere);
        Assert.Equal(before, await _sample.Ledger.CountAsync(new Month(2026, 11), 1, Cancellation));
    }

    [Theory]
    [InlineData("7;2026-11-19T10:00:00;North;Hex bolt M8;Elm Joinery;3;12,4O\n", "Line 1 of 'inbox/elm.csv' is not a sale: its unit price '12,4O' cannot be read")]
    [InlineData(Good + "9;yesterday;North;a;b;1;1\n", "Line 3 of 'inbox/elm.csv' is not a sale: its time 'yesterday' cannot be read")]
    [InlineData("7;2026-11-19T10:00:00;North\n", "it has 3 fields instead of 7")]
    [InlineData("7;2026-11-19T10:00:00;All;a;b;1;1\n", "its region 'All' cannot be read")]
    [InlineData("7;2026-12-01T10:00:00;North;a;b;1;1\n", "has orders of 2026-12, which has not begun")]
    [InlineData("", "has no orders")]
    public async Task Bad_file_stays_in_the_inbox_and_the_refusal_names_the_line(string content, string why)
    {
        await _sample.MakeSalesAsync();
        var path = _sample.Put("inbox/elm.csv", content);

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => _sample.SalesJobs.ImportAsync("elm.csv", _sample.Job, Cancellation));

        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task File_that_never_came_is_refused_by_name()
    {
        var refusal = await Assert.ThrowsAsync<FileNotFoundException>(() => _sample.SalesJobs.ImportAsync("elm.csv", _sample.Job, Cancellation));
        Assert.Contains("'inbox/elm.csv'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Order_survives_being_written_and_read()
    {
        var sale = SalesMaker.Make(261120_00001, new DateTime(2026, 11, 20, 8, 30, 15, DateTimeKind.Utc), new Random(3));
        Assert.True(Sale.TryParse(sale.ToLine(), out var read, out _));
        Assert.Equal(sale, read);
    }
}
