namespace OpsConsole.Samples.Reports.Documents;

/// <summary>Gathers documents into a segment.</summary>
internal sealed class IndexBuilder
{
    private readonly List<IndexedDocument> _documents = [];
    private readonly Dictionary<string, List<Posting>> _terms = new(StringComparer.Ordinal);

    public void Add(string file, string sha256, IReadOnlyDictionary<string, int> counts)
    {
        foreach (var (word, count) in counts)
            Of(word).Add(new Posting(_documents.Count, count));
        _documents.Add(new IndexedDocument(file, counts.Values.Sum(), sha256));
    }

    /// <summary>Takes over those documents of a segment that are wanted.</summary>
    public void Add(IndexSegment segment, Func<int, bool> isWanted)
    {
        var places = new Dictionary<int, int>();
        for (var i = 0; i < segment.Documents.Count; i++)
        {
            if (!isWanted(i))
                continue;
            places.Add(i, _documents.Count);
            _documents.Add(segment.Documents[i]);
        }
        foreach (var (word, postings) in segment.Terms)
            foreach (var posting in postings)
                if (places.TryGetValue(posting.Document, out var place))
                    Of(word).Add(posting with { Document = place });
    }

    public IndexSegment Build() => new(_documents, _terms.ToDictionary(term => term.Key, IReadOnlyList<Posting> (term) => term.Value, StringComparer.Ordinal));

    private List<Posting> Of(string word)
    {
        if (!_terms.TryGetValue(word, out var postings))
            _terms.Add(word, postings = []);
        return postings;
    }
}
