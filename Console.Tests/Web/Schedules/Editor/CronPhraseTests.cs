using OpsConsole.Web.Schedules.Editor;

namespace OpsConsole.Tests.Web.Schedules.Editor;

public sealed class CronPhraseTests
{
    [Theory]
    [InlineData("every 5 minutes", "*/5 * * * *")]
    [InlineData("Every 15 min", "*/15 * * * *")]
    [InlineData("every 4 hours", "0 */4 * * *")]
    [InlineData("every minute", "* * * * *")]
    [InlineData("hourly", "0 * * * *")]
    [InlineData("hourly at :15", "15 * * * *")]
    [InlineData("daily at 2:30", "30 2 * * *")]
    [InlineData("every day at noon", "0 12 * * *")]
    [InlineData("at 23:05", "5 23 * * *")]
    [InlineData("daily", "0 0 * * *")]
    [InlineData("weekdays at 9", "0 9 * * 1-5")]
    [InlineData("Weekdays at 9 pm", "0 21 * * 1-5")]
    [InlineData("at 12am", "0 0 * * *")]
    [InlineData("mondays at 9:00", "0 9 * * 1")]
    [InlineData("every monday and thursday at 07:45", "45 7 * * 1,4")]
    [InlineData("sat, sun at 6", "0 6 * * 6,0")]
    [InlineData("weekly on wednesday at 8", "0 8 * * 3")]
    [InlineData("28th of every month at 2:30", "30 2 28 * *")]
    [InlineData("monthly on the 1st at 03:00", "0 3 1 * *")]
    [InlineData("last day of the month at 18:00", "0 18 L * *")]
    public void Plain_words_become_a_cron_line(string words, string cron) => Assert.Equal(cron, CronPhrase.ToCron(words));

    [Theory]
    [InlineData("")]
    [InlineData("30 2 28 * *")]
    [InlineData("@daily")]
    [InlineData("every 7 minutes")]
    [InlineData("every 5 hours")]
    [InlineData("daily at 25:00")]
    [InlineData("daily at 13 pm")]
    [InlineData("32nd of every month")]
    [InlineData("when the moon is full")]
    [InlineData("monkeys at 9")]
    public void Other_text_is_left_alone(string words) => Assert.Null(CronPhrase.ToCron(words));
}
