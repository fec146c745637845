using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules;
using OpsConsole.Web.Schedules.Calendar;

namespace OpsConsole.Tests.Web.Schedules.Calendar;

public sealed class CalendarPictureTests
{
    [Fact]
    public void A_heavy_cell_stands_out_beside_the_usual_one()
    {
        var picture = Pictures.Of(CalendarSpan.Day, [.. Enumerable.Range(0, 20).Select(i => (i, 10L)), (30, 1), (31, 17), (32, 60)]);

        Assert.Equal([0, 1, 2, 3, 4], new[] { 100, 30, 0, 31, 32 }.Select(cell => picture.Level(picture.Cells[cell])));
        Assert.Equal([(32, 60L), (31, 17L)], picture.Heaviest(2));
    }

    [Fact]
    public void A_few_runs_are_never_heavy_and_one_is_not_listed_as_such()
    {
        var picture = Pictures.Of(CalendarSpan.Day, (1, 1), (2, 1), (3, 1), (4, 4));

        Assert.Equal(3, picture.Level(picture.Cells[4]));
        Assert.Equal([(4, 4L)], picture.Heaviest(8));
        Assert.True(Pictures.Of(CalendarSpan.Week).IsEmpty);
    }

    [Fact]
    public void Where_all_is_over_the_cells_are_named_in_which_most_was_due()
    {
        var range = new CalendarRange(CalendarSpan.Day, Pictures.Friday.AddDays(-1), TimeZoneInfo.Utc);
        var picture = new CalendarPicture { Range = range, At = Sample.Now, Outlook = Outlook.Empty, Cells = [.. Enumerable.Range(0, range.Cells).Select(_ => new CalendarCell())] }.With(7, (OccurrenceFate.Missed, 5));

        Assert.Equal([(7, 5L)], picture.Heaviest(8));
    }

    [Fact]
    public void A_cell_says_what_became_of_the_past_and_what_comes()
    {
        var picture = Pictures.Of(CalendarSpan.Week, (5, 2)).With(5, (OccurrenceFate.Succeeded, 11), (OccurrenceFate.Missed, 1), (OccurrenceFate.Overran, 3));
        var cell = picture.Cells[5];

        Assert.Equal((17L, 15L, 4L), (cell.Count, cell.PastCount, cell.Bad));
        Assert.StartsWith("15 due: 11 succeeded, 3 ", CellWords.Content(cell), StringComparison.Ordinal);
        Assert.EndsWith("1 missed; 2 runs planned", CellWords.Content(cell), StringComparison.Ordinal);
        Assert.Equal(("failed", 1.0), (CellWords.Bar(cell)[0].Tone, Math.Round(CellWords.Bar(cell).Sum(part => part.Share), 6)));
        Assert.Equal("no runs", CellWords.Content(picture.Cells[6]));
        Assert.Equal("Mon 16 Nov, 05:00", CellWords.Name(picture.Range, 5));
    }

    [Theory]
    [InlineData(OccurrenceState.Ran, JobOutcome.Succeeded, false, false, OccurrenceFate.Succeeded)]
    [InlineData(OccurrenceState.Ran, JobOutcome.Succeeded, false, true, OccurrenceFate.Retried)]
    [InlineData(OccurrenceState.Late, JobOutcome.Succeeded, true, false, OccurrenceFate.Overran)]
    [InlineData(OccurrenceState.Ran, null, false, false, OccurrenceFate.Running)]
    [InlineData(OccurrenceState.Pending, null, false, false, OccurrenceFate.Pending)]
    [InlineData(OccurrenceState.Missed, null, false, false, OccurrenceFate.Missed)]
    public void A_count_has_the_fate_of_its_occurrences(OccurrenceState state, JobOutcome? outcome, bool isOverrun, bool isRetried, OccurrenceFate fate) =>
        Assert.Equal(fate, CalendarCell.FateOf(new PastCount(Sample.Now, state, outcome, isOverrun, isRetried, 1)));

    [Theory]
    [InlineData(9_999, "9,999")]
    [InlineData(23_456, "23k")]
    [InlineData(1_230_000, "1.2M")]
    public void A_count_fits_into_a_small_cell(long count, string text) => Assert.Equal(text, CellWords.Brief(count));
}
