namespace OpsConsole.Samples.Reports.Documents;

/// <summary>A document in the index.</summary>
public sealed record IndexedDocument(string File, int Words, string Sha256);

/// <summary>How often a word stands in one document of a segment.</summary>
internal readonly record struct Posting(int Document, int Count);

/// <summary>
/// One immutable file of the index: documents, and for each word, in order, the documents that have it.
/// Layout: magic, documents (file, words, checksum), terms (word, postings as gap and count in 7-bit integers).
/// </summary>
internal sealed class IndexSegment(IReadOnlyList<IndexedDocument> documents, IReadOnlyDictionary<string, IReadOnlyList<Posting>> terms)
{
    private const int Magic = 0x31_58_44_49;
    private static readonly IReadOnlyList<Posting> Nothing = [];

    public IReadOnlyList<IndexedDocument> Documents { get; } = documents;

    public IReadOnlyDictionary<string, IReadOnlyList<Posting>> Terms { get; } = terms;

    public IReadOnlyList<Posting> Find(string word) => Terms.GetValueOrDefault(word, Nothing);

    public void Write(string path)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write(Magic);
        writer.Write7BitEncodedInt(Documents.Count);
        foreach (var document in Documents)
        {
            writer.Write(document.File);
            writer.Write7BitEncodedInt(document.Words);
            writer.Write(document.Sha256);
        }
        writer.Write7BitEncodedInt(Terms.Count);
        foreach (var (word, postings) in Terms.OrderBy(term => term.Key, StringComparer.Ordinal))
            WriteTerm(writer, word, postings);
    }

    /// <exception cref="InvalidDataException">The file is not a segment.</exception>
    public static IndexSegment Read(string path)
    {
        using var reader = new BinaryReader(new BufferedStream(File.OpenRead(path), 64 * 1024));
        if (reader.ReadInt32() != Magic)
            throw new InvalidDataException($"The index file '{Path.GetFileName(path)}' is damaged. Delete the folder index and index the documents again.");
        var documents = new IndexedDocument[reader.Read7BitEncodedInt()];
        for (var i = 0; i < documents.Length; i++)
            documents[i] = new IndexedDocument(reader.ReadString(), reader.Read7BitEncodedInt(), reader.ReadString());
        var count = reader.Read7BitEncodedInt();
        var terms = new Dictionary<string, IReadOnlyList<Posting>>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
            terms.Add(reader.ReadString(), ReadPostings(reader));
        return new IndexSegment(documents, terms);
    }

    private static void WriteTerm(BinaryWriter writer, string word, IReadOnlyList<Posting> postings)
    {
        writer.Write(word);
        writer.Write7BitEncodedInt(postings.Count);
        var last = 0;
        foreach (var posting in postings)
        {
            writer.Write7BitEncodedInt(posting.Document - last);
            writer.Write7BitEncodedInt(posting.Count);
            last = posting.Document;
        }
    }

    private static Posting[] ReadPostings(BinaryReader reader)
    {
        var postings = new Posting[reader.Read7BitEncodedInt()];
        var document = 0;
        for (var i = 0; i < postings.Length; i++)
        {
            document += reader.Read7BitEncodedInt();
            postings[i] = new Posting(document, reader.Read7BitEncodedInt());
        }
        return postings;
    }
}
