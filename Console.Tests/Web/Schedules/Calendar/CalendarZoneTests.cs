using System.Globalization;
using OpsConsole.Web.Schedules.Calendar;

namespace OpsConsole.Tests.Web.Schedules.Calendar;

public sealed class CalendarZoneTests
{
    [Fact]
    public void Every_moment_of_a_cell_is_in_it_in_zones_with_midnight_shifts_and_quarter_hours()
    {
        foreach (var (zone, date) in new[] { ("Asia/Beirut", "2026-03-29"), ("America/Havana", "2026-11-01"), ("Australia/Lord_Howe", "2026-04-05"), ("Asia/Kathmandu", "2026-11-20"), ("Pacific/Apia", "2026-11-20") })
        {
            foreach (var span in Enum.GetValues<CalendarSpan>())
            {
                var range = new CalendarRange(span, DateOnly.Parse(date, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone));
                Assert.True(range.From < range.To);
                for (var cell = 0; cell < range.Cells; cell++)
                {
                    var (from, to) = range.MomentsOf(cell);
                    if (from == to) continue;
                    Assert.Equal((zone, cell, cell), (zone, range.CellOf(from), range.CellOf(to.AddSeconds(-1))));
                }
            }
        }
    }
}
