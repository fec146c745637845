namespace OpsConsole.Samples.Reports.Documents;

/// <summary><c>query WORD...</c> on the command line: asks the index without any worker.</summary>
internal static class QueryCommand
{
    /// <returns>Exit code as of grep: 0 when something was found, 1 when nothing was, 2 when the question made no sense.</returns>
    public static int Run(DocumentIndex index, IEnumerable<string> arguments, TextWriter output)
    {
        try
        {
            var answer = index.Query(string.Join(' ', arguments.Where(argument => !argument.StartsWith('-'))));
            output.WriteLine($"'{answer.Words}' stands in {answer.Matches:N0} of {answer.Documents:N0} documents");
            foreach (var hit in answer.Hits)
                output.WriteLine($"{hit.Score,8:N3}  {hit.Occurrences,5:N0} x  {hit.File}");
            return answer.Matches > 0 ? 0 : 1;
        }
        catch (ArgumentException e)
        {
            output.WriteLine(e.Message);
            return 2;
        }
    }
}
