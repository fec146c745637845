using OpsConsole.Web.Controls;

namespace OpsConsole.Tests.Web.Controls;

public sealed class StackTextTests
{
    private const string Text = """
        System.InvalidOperationException: The render did not finish
         ---> System.TimeoutException: 120 s are over
           at System.Threading.Tasks.Task.WaitAsync(TimeSpan t)
           at Acme.Pdf.RenderAsync(Page p) in /src/app/Pdf/Pdf.cs:line 88
           --- End of inner exception stack trace ---
           at Acme.Board.BuildAsync(Month m) in C:\build\Board.cs:line 41
        --- End of stack trace from previous location ---
           at System.A.B()
           at System.C.D()
           at OpsConsole.Jobs.Worker.JobRunner.RunAsync()
        """;

    [Fact]
    public void Frames_of_the_jobs_own_code_stand_alone_and_others_are_folded_by_origin()
    {
        var blocks = StackText.Parse(Text);
        Assert.Equal(
            [StackBlockKind.Inner, StackBlockKind.Framework, StackBlockKind.Own, StackBlockKind.Text, StackBlockKind.Own, StackBlockKind.Framework, StackBlockKind.Runner],
            blocks.Select(block => block.Kind));
        Assert.Equal(2, blocks[5].Lines.Count);
    }

    [Fact]
    public void A_place_is_file_and_line_without_the_folders_of_the_build_machine()
    {
        var own = StackText.Parse(Text).Where(block => block.Kind == StackBlockKind.Own).Select(block => block.Lines[0]).ToList();
        Assert.Equal(new StackLine("Acme.Pdf.RenderAsync(Page p)", "Pdf.cs:88"), own[0]);
        Assert.Equal(new StackLine("Acme.Board.BuildAsync(Month m)", "Board.cs:41"), own[1]);
    }

    [Fact]
    public void Text_without_any_frame_is_kept() => Assert.Equal("it broke", StackText.Parse("it broke")[0].Lines[0].Call);

    [Fact]
    public void Nothing_gives_nothing() => Assert.Empty(StackText.Parse(null));
}
