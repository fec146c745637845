using OpsConsole.Web.Controls;

namespace OpsConsole.Tests.Web.Controls;

public class HeldRowsTests
{
    private readonly HeldRows<string> _rows = new(row => row[..1]);

    [Fact]
    public void While_nobody_reads_the_newest_rows_are_shown()
    {
        _rows.Take(["a1", "b1"], isHeld: false);
        _rows.Take(["c1", "a2"], isHeld: false);

        Assert.Equal(["c1", "a2"], _rows.Rows.Select(row => row.Row));
        Assert.Equal(0, _rows.New);
    }

    [Fact]
    public void Held_rows_keep_their_places_and_go_on_changing()
    {
        _rows.Take(["a1", "b1"], isHeld: false);
        _rows.Take(["c1", "b2", "a2"], isHeld: true);

        Assert.Equal(["a2", "b2"], _rows.Rows.Select(row => row.Row));
        Assert.Equal(1, _rows.New);
    }

    [Fact]
    public void A_held_row_that_is_gone_stays_and_is_marked()
    {
        _rows.Take(["a1", "b1"], isHeld: false);
        _rows.Take(["b2"], isHeld: true);

        Assert.Equal([("a1", true), ("b2", false)], _rows.Rows.Select(row => (row.Row, row.IsGone)));

        _rows.Take(["b3"], isHeld: false);
        Assert.Equal("b3", Assert.Single(_rows.Rows).Row);
    }

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.0, "0")]
    [InlineData(0.044, "0.04")]
    [InlineData(2.94, "2.9")]
    [InlineData(1184.4, "1,184")]
    public void A_measure_shows_the_digits_that_count(double? value, string text) => Assert.Equal(text, NumberText.Measure(value));

    [Fact]
    public void Bytes_come_in_the_unit_that_people_say() =>
        Assert.Equal(["412 MB", "1.5 GB", "10 KB"], [NumberText.Bytes(412L << 20), NumberText.Bytes(3L << 29), NumberText.Bytes(10L << 10)]);
}
