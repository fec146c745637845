namespace OpsConsole.Samples.Reports.Documents;

/// <summary>Okapi BM25 with its usual constants: rare words weigh more, long documents less.</summary>
internal static class Bm25
{
    private const double K = 1.2, B = 0.75;

    /// <summary>Documents that have every word, best first.</summary>
    public static List<QueryHit> Rank(IReadOnlyList<LiveSegment> segments, IReadOnlyList<string> words)
    {
        var documents = segments.SelectMany(segment => segment.Wanted.Select(i => segment.Segment.Documents[i])).ToList();
        if (documents.Count == 0)
            return [];
        var meanWords = documents.Average(document => (double)document.Words);
        var found = new Dictionary<string, (int Words, double Score, int Occurrences)>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var postings = segments.SelectMany(segment => segment.Segment.Find(word)
                .Where(posting => segment.Wanted.Contains(posting.Document))
                .Select(posting => (Document: segment.Segment.Documents[posting.Document], posting.Count))).ToList();
            var rarity = Math.Log(1 + (documents.Count - postings.Count + 0.5) / (postings.Count + 0.5));
            foreach (var (document, count) in postings)
            {
                var sum = found.GetValueOrDefault(document.File);
                var score = rarity * count * (K + 1) / (count + K * (1 - B + B * document.Words / meanWords));
                found[document.File] = (sum.Words + 1, sum.Score + score, sum.Occurrences + count);
            }
        }
        return [.. found.Where(hit => hit.Value.Words == words.Count)
            .Select(hit => new QueryHit(hit.Key, Math.Round(hit.Value.Score, 3), hit.Value.Occurrences))
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.File, StringComparer.Ordinal)];
    }
}
