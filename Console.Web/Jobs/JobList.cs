using OpsConsole.Jobs.Monitoring;
using OpsConsole.Web.Jobs.Search;

namespace OpsConsole.Web.Jobs;

/// <summary>Reads what a list shows.</summary>
public interface IJobRows
{
    Task<SearchPage> PageAsync(SearchCursor from, int limit, CancellationToken cancel);

    /// <summary>What Redis knows now of these jobs; what it has forgotten is left out.</summary>
    Task<Dictionary<string, JobRecord>> NowAsync(IEnumerable<string> ids, CancellationToken cancel);
}

/// <summary>
/// The rows of one page of a search while someone looks at them. Free rows follow the newest; held rows (something selected, the
/// pointer over them, an older page) keep their places, their facts go on changing, and what is new is counted.
/// </summary>
public sealed class JobList(IJobRows rows, SearchCursor from, int limit)
{
    /// <summary>Most jobs that one selection holds.</summary>
    public const int MostSelected = 1_000;
    private const int MostPages = 20;
    private readonly Dictionary<string, JobRow> _selected = new(StringComparer.Ordinal);

    /// <summary>Page as read last, or null before the first answer.</summary>
    public SearchPage? Page { get; private set; }

    /// <summary>Rows as shown.</summary>
    public IReadOnlyList<JobRow> Rows { get; private set; } = [];

    /// <summary>How many rows wait to be shown while these are held.</summary>
    public int New { get; private set; }

    public bool IsFirst => from == SearchCursor.Start;

    /// <summary>Ids of the jobs that are selected.</summary>
    public IReadOnlySet<string> SelectedIds => _selected.Keys.ToHashSet(StringComparer.Ordinal);

    /// <summary>The selected jobs as Redis knows them; acts are for those that it has not forgotten.</summary>
    public IReadOnlyList<JobRecord> Selected => [.. _selected.Values.Select(row => row.Now).OfType<JobRecord>()];

    /// <summary>Key of the row that keys act on, or null.</summary>
    public string? Cursor { get; private set; }

    public JobRow? AtCursor => Rows.FirstOrDefault(row => row.Key == Cursor);

    /// <summary>Whether the rows must keep their places by themselves.</summary>
    public bool IsHeld => _selected.Count > 0 || !IsFirst || Cursor is not null;

    /// <summary>Reads the page anew and shows it.</summary>
    public async Task LoadAsync(CancellationToken cancel = default)
    {
        Page = await rows.PageAsync(from, limit, cancel);
        Rows = Page.Rows;
        New = 0;
        Keep();
    }

    /// <summary>Takes news: all of them, or only those about the rows that are shown.</summary>
    public async Task RefreshAsync(bool isHeld, CancellationToken cancel = default)
    {
        if (!isHeld && !IsHeld)
        {
            await LoadAsync(cancel);
            return;
        }
        if (IsFirst)
        {
            var page = await rows.PageAsync(from, limit, cancel);
            var shown = Rows.SelectMany(row => (string[])[row.Key, row.Id]).ToHashSet(StringComparer.Ordinal);
            New = page.Rows.Count(row => !shown.Contains(row.Key) && !shown.Contains(row.Id));
            Page = page with { Next = Page?.Next };
        }
        var now = await rows.NowAsync(Rows.Select(row => row.Id), cancel);
        Rows = [.. Rows.Select(row => row.With(now.GetValueOrDefault(row.Id)))];
        Keep();
    }

    /// <summary>Selects a job, or lets go of it. One that Redis has forgotten cannot be acted on.</summary>
    public void Toggle(string id)
    {
        if (_selected.Remove(id)) return;
        if (_selected.Count < MostSelected && Rows.FirstOrDefault(row => row.Id == id && row.Now is not null) is { } row) _selected[id] = row;
    }

    public void ToggleAll()
    {
        var all = Rows.Where(row => row.Now is not null).ToList();
        var areAll = all.TrueForAll(row => _selected.ContainsKey(row.Id));
        foreach (var row in all)
        {
            if (areAll) _selected.Remove(row.Id);
            else if (_selected.Count < MostSelected) _selected[row.Id] = row;
        }
    }

    /// <summary>Selects what matches beyond this page too, up to <see cref="MostSelected"/>.</summary>
    public async Task SelectMatchingAsync(CancellationToken cancel = default)
    {
        SearchCursor? next = SearchCursor.Start;
        for (var i = 0; next is not null && i < MostPages && _selected.Count < MostSelected; i++)
        {
            var page = await rows.PageAsync(next, 500, cancel);
            foreach (var row in page.Rows.Where(row => row.Now is not null))
                if (_selected.Count < MostSelected) _selected[row.Id] = row;
            next = page.IsLiveCut ? null : page.Next;
        }
    }

    public void Clear()
    {
        _selected.Clear();
        Cursor = null;
    }

    /// <summary>Moves the cursor up or down, to the first row when it is nowhere.</summary>
    public void Move(int by)
    {
        if (Rows.Count == 0) return;
        var at = Rows.Select(row => row.Key).ToList().IndexOf(Cursor ?? "");
        Cursor = Rows[at < 0 ? 0 : Math.Clamp(at + by, 0, Rows.Count - 1)].Key;
    }

    private void Keep()
    {
        foreach (var row in Rows)
            if (_selected.ContainsKey(row.Id)) _selected[row.Id] = row;
        if (Cursor is not null && Rows.All(row => row.Key != Cursor)) Cursor = null;
    }
}
