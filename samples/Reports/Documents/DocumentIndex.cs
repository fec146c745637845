using System.Text.Json;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports.Documents;

/// <summary>A document that a query found.</summary>
public sealed record QueryHit(string File, double Score, int Occurrences);

/// <summary>What a query found, best first.</summary>
public sealed record QueryAnswer(string Words, int Documents, int Matches, IReadOnlyList<QueryHit> Hits);

/// <summary>
/// An inverted index on disk that several workers may change at once. A change writes a new segment and then replaces the list of segments
/// (<c>segments.json</c>, oldest first) while it holds the lock file; a document counts in the newest segment that has it. When there
/// are many segments they are merged into one. Readers take no lock: when a segment is merged away under them, they read the new list.
/// </summary>
public sealed class DocumentIndex(DataFolder data, TimeProvider time)
{
    private const int MergeAt = 12;
    private const int MaxHits = 20;
    private const int MaxReads = 10;

    private string ListFile => Path.Combine(data.Index, "segments.json");

    /// <summary>Puts a document in, or replaces it. Returns the documents in the index.</summary>
    public async Task<int> AddAsync(string file, string sha256, IReadOnlyDictionary<string, int> counts, CancellationToken cancellation)
    {
        var builder = new IndexBuilder();
        builder.Add(file, sha256, counts);
        await using var held = await LockAsync(cancellation);
        var names = List().Append(Write(builder.Build())).ToList();
        if (names.Count >= MergeAt)
            names = [Merge(names)];
        Replace(names);
        return Load(names).SelectMany(segment => segment.Documents).Select(document => document.File).Distinct().Count();
    }

    /// <summary>Documents that have all the words, by BM25.</summary>
    /// <exception cref="ArgumentException">No word was given.</exception>
    public QueryAnswer Query(string words)
    {
        var wanted = Words.Of(words).Distinct().Take(16).ToList();
        if (wanted.Count == 0)
            throw new ArgumentException($"'{words}' has no word to look for. Give one or more words of two letters at least.", nameof(words));
        var live = Live(LoadNewest());
        var hits = Bm25.Rank(live, wanted);
        return new QueryAnswer(string.Join(' ', wanted), live.Sum(segment => segment.Wanted.Count), hits.Count, [.. hits.Take(MaxHits)]);
    }

    internal static List<LiveSegment> Live(IReadOnlyList<IndexSegment> oldestFirst)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. oldestFirst.Reverse().Select(segment =>
            new LiveSegment(segment, [.. Enumerable.Range(0, segment.Documents.Count).Where(i => seen.Add(segment.Documents[i].File))]))];
    }

    private string Merge(List<string> names)
    {
        var builder = new IndexBuilder();
        foreach (var segment in Live(Load(names)))
            builder.Add(segment.Segment, segment.Wanted.Contains);
        return Write(builder.Build());
    }

    private string Write(IndexSegment segment)
    {
        var name = $"{time.GetUtcNow():yyyyMMddHHmmssfff}-{Guid.NewGuid():N}.segment";
        segment.Write(Path.Combine(data.Index, name));
        return name;
    }

    private void Replace(List<string> names)
    {
        var part = ListFile + AtomicFile.Unfinished;
        File.WriteAllText(part, JsonSerializer.Serialize(names));
        File.Move(part, ListFile, overwrite: true);
        DeleteOld(names);
    }

    private void DeleteOld(List<string> names)
    {
        foreach (var file in new DirectoryInfo(data.Index).EnumerateFiles("*.segment"))
            if (!names.Contains(file.Name))
                file.Delete();
    }

    private List<IndexSegment> LoadNewest()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Load(List());
            }
            catch (FileNotFoundException) when (attempt < MaxReads)
            {
                // Merged away between the list and the file.
            }
        }
    }

    private List<string> List() => File.Exists(ListFile) ? JsonSerializer.Deserialize<List<string>>(File.ReadAllText(ListFile)) ?? [] : [];

    private List<IndexSegment> Load(IEnumerable<string> names) => [.. names.Select(name => IndexSegment.Read(Path.Combine(data.Index, name)))];

    private async Task<FileStream> LockAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(data.Index, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellation);
            }
        }
    }
}

/// <summary>A segment with those of its documents that no newer segment replaces.</summary>
internal sealed record LiveSegment(IndexSegment Segment, HashSet<int> Wanted);
