using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Tests.Web.Schedules.Recurrence;

public class CronExpressionTests
{
    [Theory]
    [InlineData("0 24 * * *", 2, 2, "Hour 24 does not exist; hours are 0 to 23.")]
    [InlineData("75 * * * *", 0, 2, "Minute 75 does not exist; minutes are 0 to 59.")]
    [InlineData("61 0 0 * * *", 0, 2, "Second 61 does not exist; seconds are 0 to 59.")]
    [InlineData("0 0 32 * *", 4, 2, "Day of the month 32 does not exist; days of the month are 1 to 31.")]
    [InlineData("0 0 0 * *", 4, 1, "Day of the month 0 does not exist; days of the month are 1 to 31.")]
    [InlineData("0 0 * 13 *", 6, 2, "Month 13 does not exist; months are 1 to 12 or JAN to DEC.")]
    [InlineData("0 0 * * 8", 8, 1, "Day of the week 8 does not exist; days of the week are 0 to 7 (both are Sunday) or SUN to SAT.")]
    [InlineData("0 1,24,3 * * *", 4, 2, "Hour 24 does not exist; hours are 0 to 23.")]
    [InlineData("0 8-99999999999 * * *", 4, 11, "Hour 99999999999 does not exist; hours are 0 to 23.")]
    [InlineData("0 0 * MON *", 6, 3, "MON is a day of the week, but this is the field of the months, which are 1 to 12 or JAN to DEC.")]
    [InlineData("0 noon * * *", 2, 4, "\"noon\" is no hour; hours are 0 to 23.")]
    [InlineData("0 -5 * * *", 2, 2, "\"-5\" is no hour; hours are 0 to 23.")]
    [InlineData("0 5- * * *", 4, 1, "A value is missing here; hours are 0 to 23.")]
    [InlineData("0,,5 * * * *", 2, 1, "A value is missing beside this comma in the minutes.")]
    [InlineData("0, * * * *", 2, 1, "A value is missing beside this comma in the minutes.")]
    [InlineData("*/0 * * * *", 1, 2, "The step after / must be a whole number from 1 on.")]
    [InlineData("*/ * * * *", 1, 1, "The step after / must be a whole number from 1 on.")]
    [InlineData("*/90 * * * *", 2, 2, "A step of 90 leaves the minutes, which are 0 to 59; for every 90 minutes add an interval to the schedule.")]
    [InlineData("0 0 */40 * *", 6, 2, "A step of 40 leaves the days of the month, which are 1 to 31.")]
    [InlineData("? * * * *", 0, 1, "? is allowed in the two day fields only; write * for all minutes.")]
    [InlineData("0 0 ?,5 * *", 4, 1, "? means \"no restriction\" and stands alone in its field.")]
    [InlineData("0 0 L/2 * *", 5, 2, "\"L\" cannot have a step; steps belong to *, to a value or to a range.")]
    [InlineData("0 0 1-5W * *", 4, 4, "W belongs to one day, such as 15W, not to a range.")]
    [InlineData("0 0 L-31 * *", 4, 4, "\"L-31\" is not understood; L-3 is three days before the last day of the month, and at most L-30 is possible.")]
    [InlineData("0 0 * * L", 8, 1, "L alone says no day of the week; 5L is the last Friday of the month, and 6 or SAT is Saturday.")]
    [InlineData("0 0 * * MON#6", 11, 2, "The number after # must be 1 to 5: MON#2 is the second Monday of the month.")]
    [InlineData("0 0 31 2 *", 4, 4, "This line can never run: February never has such a day of the month.")]
    [InlineData("0 0 31 4,6 *", 4, 6, "This line can never run: none of its months ever has such a day of the month.")]
    [InlineData("@every 5m", 0, 6, "@every is no cron line; add an interval to the schedule instead.")]
    [InlineData("@dialy", 0, 6, "There is no macro \"@dialy\"; there are @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly.")]
    [InlineData("@daily 5", 7, 1, "@daily stands alone; nothing may follow it.")]
    [InlineData("  ", 0, 2, "This line is empty; write five or six fields, such as \"0 4 * * MON\", or a macro such as @daily.")]
    public void A_fault_says_what_is_wrong_where_and_what_is_allowed(string line, int position, int length, string message) =>
        Assert.Equal(new CronFault(position, length, message), CronExpression.Parse(line).Fault);

    [Theory]
    [InlineData("0 4 * *")]
    [InlineData("5")]
    public void A_line_with_too_few_fields_is_told_how_many_it_needs(string line)
    {
        var fault = CronExpression.Parse(line).Fault!;

        Assert.Equal((0, line.Length), (fault.Position, fault.Length));
        Assert.Contains("needs five", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seventh_field_is_pointed_at() =>
        Assert.Equal((12, 4), CronExpression.Parse("0 0 0 1 1 ? 2027 ").Fault is { } fault ? (fault.Position, fault.Length) : default);

    [Theory]
    [InlineData("0 9 * * *")]
    [InlineData("  30 0 9 * * *  ")]
    [InlineData("*/15 8-18/2,22-2 ? jan-Mar MON-fri")]
    [InlineData("0 0 L,15W,L-3,LW,L-2W * 5L,MON#2")]
    [InlineData("0 0 29 2 *")]
    [InlineData("0 0 * * 7")]
    [InlineData("@MIDNIGHT")]
    [InlineData("0 0 31W * ?")]
    public void A_line_that_can_run_is_taken(string line) => Assert.Null(CronExpression.Parse(line).Fault);

    [Fact]
    public void Any_text_is_read_without_an_exception_and_a_fault_lies_inside_of_it()
    {
        var random = new Random(1);
        for (var round = 0; round < 200_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(24)).Select(_ => "0123459**,,--//?LW#  MONJAN@x"[random.Next(29)]));
            var (expression, fault) = CronExpression.Parse(text);
            Assert.True(expression is null != fault is null, text);
            Assert.True(fault is null || fault.Position >= 0 && fault.Length >= 0 && fault.Position + fault.Length <= text.Length, text);
        }
    }
}
