using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Jobs;

/// <summary>
/// The rows of one page of jobs while someone looks at them. Free rows follow the newest; held rows (something selected, the
/// pointer over them, an older page) keep their places, their facts go on changing, and what is new is counted.
/// </summary>
public sealed class JobList(JobInspector inspector, JobListQuery query)
{
    /// <summary>Most jobs that one selection holds.</summary>
    public const int MostSelected = 1_000;
    private readonly Dictionary<string, JobRecord> _selected = new(StringComparer.Ordinal);

    public JobListQuery Query { get; } = query;

    /// <summary>Page as read last, or null before the first answer.</summary>
    public JobPage? Page { get; private set; }

    /// <summary>Rows as shown.</summary>
    public IReadOnlyList<JobRecord> Rows { get; private set; } = [];

    /// <summary>How many jobs wait to be shown while the rows are held.</summary>
    public int New { get; private set; }

    public IReadOnlySet<string> SelectedIds => _selected.Keys.ToHashSet(StringComparer.Ordinal);

    public IReadOnlyList<JobRecord> Selected => [.. _selected.Values];

    /// <summary>Row that keys act on, or null.</summary>
    public string? Cursor { get; private set; }

    /// <summary>Whether the rows must keep their places by themselves.</summary>
    public bool IsHeld => _selected.Count > 0 || Query.After is not null || Cursor is not null;

    /// <summary>Reads the page anew and shows it.</summary>
    public async Task LoadAsync(CancellationToken cancel = default)
    {
        Page = await inspector.ListJobsAsync(Query, cancel);
        Rows = Page.Jobs;
        New = 0;
        Keep(Rows);
    }

    /// <summary>Takes news: all of them, or only those about the rows that are shown.</summary>
    public async Task RefreshAsync(bool isHeld, CancellationToken cancel = default)
    {
        if (!isHeld && !IsHeld)
        {
            await LoadAsync(cancel);
            return;
        }
        if (Query.After is null)
        {
            var page = await inspector.ListJobsAsync(Query, cancel);
            var shown = Rows.Select(job => job.Id).ToHashSet(StringComparer.Ordinal);
            New = page.Jobs.Count(job => !shown.Contains(job.Id));
            Page = page with { Next = Page?.Next };
        }
        var ids = Rows.Select(job => job.Id).ToList();
        var now = (ids.Count == 0 ? [] : await inspector.GetJobsAsync(ids, cancel)).ToDictionary(job => job.Id, StringComparer.Ordinal);
        Rows = [.. Rows.Select(job => now.GetValueOrDefault(job.Id, job))];
        Keep(Rows);
    }

    public void Toggle(string id)
    {
        if (_selected.Remove(id)) return;
        if (_selected.Count < MostSelected && Rows.FirstOrDefault(job => job.Id == id) is { } job) _selected[id] = job;
    }

    public void ToggleAll()
    {
        var all = Rows.All(job => _selected.ContainsKey(job.Id));
        foreach (var job in Rows)
        {
            if (all) _selected.Remove(job.Id);
            else if (_selected.Count < MostSelected) _selected[job.Id] = job;
        }
    }

    /// <summary>Selects what matches beyond this page too, up to <see cref="MostSelected"/>.</summary>
    public async Task SelectMatchingAsync(CancellationToken cancel = default)
    {
        string? after = null;
        do
        {
            var page = await inspector.ListJobsAsync(Query with { After = after, Limit = 500 }, cancel);
            foreach (var job in page.Jobs.Take(MostSelected - _selected.Count)) _selected[job.Id] = job;
            after = page.ScanStopped ? null : page.Next;
        }
        while (after is not null && _selected.Count < MostSelected);
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
        var at = Rows.Select(job => job.Id).ToList().IndexOf(Cursor ?? "");
        Cursor = Rows[at < 0 ? 0 : Math.Clamp(at + by, 0, Rows.Count - 1)].Id;
    }

    private void Keep(IReadOnlyList<JobRecord> rows)
    {
        foreach (var job in rows)
            if (_selected.ContainsKey(job.Id)) _selected[job.Id] = job;
        if (Cursor is not null && rows.All(job => job.Id != Cursor)) Cursor = null;
    }
}
