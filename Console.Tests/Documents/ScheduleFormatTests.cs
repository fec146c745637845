using System.Text;
using System.Text.RegularExpressions;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Schedules;
using OpsConsole.Web.Schedules.Files;

namespace OpsConsole.Tests.Documents;

public partial class ScheduleFormatTests
{
    private static readonly string s_text = File.ReadAllText(Repository.PathOf("docs/operations.md"));

    [Fact]
    public void The_example_of_a_file_is_one()
    {
        var file = ScheduleFileReader.Read(Encoding.UTF8.GetBytes(Example().Match(s_text).Groups[1].Value));

        Assert.Null(file.Fault);
        var row = Assert.Single(file.Rows);
        Assert.Empty(row.Problems);
        Assert.DoesNotContain(ScheduleCheck.Check(row.Definition!, new CheckContext()), problem => !problem.IsWarning);
    }

    [Fact]
    public void Every_member_of_a_definition_is_described()
    {
        var described = Row().Matches(s_text).SelectMany(row => Code().Matches(row.Groups[1].Value)).Select(name => name.Groups[1].Value).ToHashSet();

        Assert.Empty(MembersOf(Shape.Definition, "").Except(described));
    }

    private static IEnumerable<string> MembersOf(Shape shape, string path) => shape.Members.SelectMany(member =>
        member.Value.Kind == ShapeKind.Object ? MembersOf(member.Value, path + member.Key + ".") : [path + member.Key]);

    [GeneratedRegex("```json\n(\\{\n  \"format\".*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^\|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
