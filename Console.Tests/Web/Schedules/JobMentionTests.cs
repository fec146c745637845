using Bunit;
using OpsConsole.Tests.Web.Live;
using OpsConsole.Web.Schedules;

namespace OpsConsole.Tests.Web.Schedules;

public sealed class JobMentionTests : LivePage
{
    private const string Job = "01a1fbd31b8971eaace8361b174d95cc-1795226340000";

    [Fact]
    public void A_job_that_is_named_is_a_link()
    {
        var note = Render<JobMention>(with => with.Add(mention => mention.Text, $"Its jobs failed 2 times in a row. The last one is {Job}."));

        Assert.Equal("/jobs/" + Job, note.Find("a").GetAttribute("href"));
        Assert.Equal($"Its jobs failed 2 times in a row. The last one is {Job}.", note.Markup.Replace(note.Find("a").OuterHtml, Job, StringComparison.Ordinal).Trim());
    }

    [Theory]
    [InlineData("The printer is being mended.")]
    [InlineData("<b>01a1fbd31b8971eaace8361b174d95cc</b>")]
    public void Any_other_note_is_text(string text)
    {
        var note = Render<JobMention>(with => with.Add(mention => mention.Text, text));

        Assert.Empty(note.FindAll("a, b"));
    }
}
