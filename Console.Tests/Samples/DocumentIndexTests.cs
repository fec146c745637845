using OpsConsole.Samples.Reports.Documents;

namespace OpsConsole.Tests.Samples;

public sealed class DocumentIndexTests : IDisposable
{
    private readonly SampleFolder _sample = new();
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _sample.Dispose();

    [Fact]
    public async Task Words_of_Word_and_Excel_documents_find_them_again()
    {
        await _sample.MakeDocumentsAsync();
        var result = await _sample.DocumentJobs.IndexAsync("documents", _sample.Job, Cancellation);

        Assert.Equal((8, 8), (result.Files, result.DocumentsInIndex));
        var titled = _sample.DocumentJobs.Query("supply AGREEMENT", _sample.Job);
        Assert.Equal("documents/001-supply-agreement.docx", titled.Hits[0].File);
        var listed = _sample.DocumentJobs.Query("radiator", _sample.Job);
        Assert.Contains(listed.Hits, hit => hit.File.EndsWith(".xlsx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_documents_that_have_all_words_match()
    {
        await AddAsync("a", ("bolt", 2), ("steel", 1));
        await AddAsync("b", ("bolt", 1));
        Assert.Equal(["a"], _sample.Index.Query("bolt steel").Hits.Select(hit => hit.File));
        Assert.Equal(2, _sample.Index.Query("bolt").Matches);
        Assert.Empty(_sample.Index.Query("copper").Hits);
    }

    [Fact]
    public async Task Document_indexed_again_forgets_its_old_words()
    {
        await AddAsync("a", ("draft", 5));
        await AddAsync("a", ("final", 1));
        Assert.Empty(_sample.Index.Query("draft").Hits);
        Assert.Equal(new QueryHit("a", _sample.Index.Query("final").Hits[0].Score, 1), _sample.Index.Query("final").Hits[0]);
        Assert.Equal(1, _sample.Index.Query("final").Documents);
    }

    [Fact]
    public async Task Merged_segments_answer_like_the_single_ones()
    {
        for (var i = 0; i < 40; i++)
            await AddAsync($"doc-{i % 25}", ("common", 1), ($"word{i}", 3));

        Assert.InRange(Directory.GetFiles(_sample.Data.Index, "*.segment").Length, 1, 12);
        Assert.Equal(25, _sample.Index.Query("common").Matches);
        Assert.Equal("doc-14", Assert.Single(_sample.Index.Query("word39").Hits).File);
        Assert.Empty(_sample.Index.Query("word14").Hits);
    }

    [Fact]
    public async Task Two_writers_at_once_lose_nothing_and_readers_are_never_disturbed()
    {
        var other = new DocumentIndex(_sample.Data, TimeProvider.System);
        using var done = new CancellationTokenSource();
        var reading = Task.Run(() => { while (!done.IsCancellationRequested) other.Query("common"); }, Cancellation);
        var first = new DocumentIndex(_sample.Data, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => (i % 2 == 0 ? first : other)
            .AddAsync($"doc-{i}", "00", new Dictionary<string, int> { ["common"] = 1 }, Cancellation)));
        await done.CancelAsync();
        await reading;
        Assert.Equal(30, first.Query("common").Matches);
    }

    [Fact]
    public async Task Rare_words_rank_above_common_ones()
    {
        await AddAsync("often", ("price", 9), ("valve", 1));
        await AddAsync("once", ("price", 1), ("valve", 3));
        await AddAsync("other", ("price", 3));
        Assert.Equal("once", _sample.Index.Query("price valve").Hits[0].File);
    }

    [Fact]
    public async Task Broken_document_is_refused_by_name()
    {
        _sample.Put("documents/torn.docx", "PK but not really");
        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => _sample.DocumentJobs.IndexAsync("documents/torn.docx", _sample.Job, Cancellation));
        Assert.Contains("'torn.docx' is not a Word document", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData("a\0b.docx")]
    public async Task Path_outside_the_data_folder_is_refused(string path) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _sample.DocumentJobs.IndexAsync(path, _sample.Job, Cancellation));

    [Fact]
    public void Words_are_lower_case_letters_and_digits() =>
        Assert.Equal(["größe", "m12", "été", "ﬁn".Normalize(System.Text.NormalizationForm.FormKC)], Words.Of("Größe: M12 – ÉTÉ (ﬁn), x"));

    private Task<int> AddAsync(string file, params (string Word, int Count)[] words) =>
        _sample.Index.AddAsync(file, "00", words.ToDictionary(word => word.Word, word => word.Count), Cancellation);
}
