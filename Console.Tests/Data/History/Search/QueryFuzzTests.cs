using System.Text;
using OpsConsole.Data.History.Search;

namespace OpsConsole.Tests.Data.History.Search;

public sealed class QueryFuzzTests
{
    private static readonly string[] Pieces =
    [
        "type", "state", "args", ".customer", ".\"a b\"", "since", "run", ":", ">", "<=", "=", ",", "*", "\"", "\\", "(", ")", "-", "!", " ", "  ", "or", "OR", "AND", "NOT",
        "failed", "2d", "30s", "42", "-1.5", "2026-11-21", "14:30", "yesterday", "me", "é", "😀", "\t", "a", "error", "İ", "owner", "failure", "outcome", "attempt", "\u00a0", ".", "group",
    ];

    [Fact]
    public void Whatever_is_typed_is_read_or_refused_and_what_is_read_reads_the_same_again()
    {
        var random = new Random(20261121);
        var read = 0;
        for (var i = 0; i < 40_000; i++)
        {
            var text = Text(random);
            var parse = JobQuery.Parse(text, Queries.Context);
            if (parse.Query is not { } query)
            {
                Assert.NotEmpty(parse.Faults);
                Assert.All(parse.Faults, fault => Assert.True(fault.Position >= 0 && fault.Length >= 0 && fault.Position + fault.Length <= text.Length, $"{text}: {fault}"));
                continue;
            }
            read++;
            var again = JobQuery.Parse(query.ToText(), Queries.Context);
            Assert.True(again.IsOk, $"{text} was written as {query}: {string.Join("; ", again.Faults)}");
            Assert.True(query.Equals(again.Query), $"{text} was written as {query} and read as {again.Query}");
            Assert.Equal(query.ToText(), again.Query.ToText());
            _ = query.Matches(new Facts { Arguments = "{\"customer\":42}", Type = "a", Run = TimeSpan.FromSeconds(31), At = Queries.Now });
        }
        Assert.True(read > 2_000, $"Only {read} texts could be read: the fuzz is too wild to say anything.");
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var length = random.Next(1, 14); length > 0; length--)
        {
            if (random.Next(30) == 0) text.Append((char)random.Next(0x10000));
            else text.Append(Pieces[random.Next(Pieces.Length)]);
        }
        return text.ToString();
    }
}
