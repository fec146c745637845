using System.Text;

namespace OpsConsole.Samples.Reports.Documents;

internal static class Words
{
    private const int Longest = 40;

    /// <summary>The words of a text as the index holds them: lower case, composed, letters and digits only.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var normal = text.IsNormalized(NormalizationForm.FormKC) ? text : text.Normalize(NormalizationForm.FormKC);
        for (var i = 0; i < normal.Length;)
        {
            var start = i;
            while (i < normal.Length && char.IsLetterOrDigit(normal[i]))
                i++;
            if (i - start is > 1 and <= Longest)
                yield return normal[start..i].ToLowerInvariant();
            if (i == start)
                i++;
        }
    }
}
