using System.Text;
using OpsConsole.Web.Configuration;

namespace OpsConsole.Tests.Web.Configuration;

public class CsvWriterTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30 123", "'+49 30 123")]
    [InlineData("-2", "'-2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("|calc", "'|calc")]
    [InlineData("  =1", "'  =1")]
    [InlineData("\u200B=1", "'\u200B=1")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r\nplain", "\"'\r\nplain\"")]
    [InlineData("\uFF1DHYPERLINK(1)", "'\uFF1DHYPERLINK(1)")]
    [InlineData("a=1", "a=1")]
    [InlineData("reports.generate", "reports.generate")]
    [InlineData("say \"hi\", twice", "\"say \"\"hi\"\", twice\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_cell_is_shown_and_never_computed(string? text, string cell) => Assert.Equal(cell, CsvText.Cell(text));

    [Fact]
    public async Task Rows_are_written_the_same_in_every_language()
    {
        using var stream = new MemoryStream();
        await using (var csv = new CsvWriter(stream))
        {
            await csv.Text("Zoë").Number(-1200).Number(99.625, 2).Number(double.NaN, 2).Time(new DateTimeOffset(2026, 11, 20, 14, 32, 0, TimeSpan.FromHours(1))).EndRowAsync(TestContext.Current.CancellationToken);
            await csv.Text("").Number(null).Time(null).EndRowAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("\uFEFFZoë,-1200,99.62,,2026-11-20T13:32:00.000Z\r\n,,\r\n", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public async Task A_long_file_leaves_in_pieces()
    {
        using var stream = new MemoryStream();
        await using var csv = new CsvWriter(stream);
        for (var row = 0; row < 10_000; row++)
            await csv.Text("a cell of some length").Number(row).EndRowAsync(TestContext.Current.CancellationToken);

        Assert.InRange(stream.Length, 200_000, 300_000);
    }
}
