using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Schedules.List;

/// <summary>
/// The rows of one page of schedules while someone looks at them. Free rows follow the order; held rows (something selected, the
/// pointer over them) keep their places, their facts go on changing, and what is new is counted.
/// </summary>
public sealed class ScheduleList(ScheduleStore store, ScheduleReader reader, ScheduleFilter filter)
{
    /// <summary>Most schedules that one selection holds.</summary>
    public const int MostSelected = OperationLimits.Targets;
    public const int PageSize = 50;
    private readonly Dictionary<Guid, Schedule> _selected = [];

    public ScheduleFilter Filter { get; } = filter;

    /// <summary>Page as read last, or null before the first answer.</summary>
    public ScheduleListPage? Page { get; private set; }

    /// <summary>Rows as shown.</summary>
    public IReadOnlyList<HeldRow<ScheduleRow>> Rows { get; private set; } = [];

    /// <summary>How many schedules wait to be shown while the rows are held.</summary>
    public int New { get; private set; }

    public IReadOnlySet<Guid> SelectedIds => _selected.Keys.ToHashSet();

    public IReadOnlyList<Schedule> Selected => [.. _selected.Values];

    /// <summary>Chosen ones on this page with something that was missed and not acknowledged.</summary>
    public IReadOnlyList<Guid> SelectedMissed => [.. Rows.Where(row => row.Row.Missed > 0 && _selected.ContainsKey(row.Row.Id)).Select(row => row.Row.Id)];

    /// <summary>Row that keys act on, or null.</summary>
    public Guid? Cursor { get; private set; }

    public string? NextHref => Page?.Next is { } next ? (Filter with { After = next }).Href : null;

    private bool IsHeld => _selected.Count > 0 || Cursor is not null;

    /// <summary>Reads the page anew and shows it.</summary>
    public async Task LoadAsync(CancellationToken cancel = default)
    {
        Page = await store.ListAsync(Filter.ToQuery(PageSize), cancel);
        Rows = [.. (await reader.RowsAsync(Page.Items, cancel)).Select(row => new HeldRow<ScheduleRow>(row.Id.ToString("N"), row, false))];
        New = 0;
        Keep();
    }

    /// <summary>Takes news: all of them, or only those about the rows that are shown.</summary>
    public async Task RefreshAsync(bool isHeld, CancellationToken cancel = default)
    {
        if (Page is null || Rows.Count == 0 || !isHeld && !IsHeld)
        {
            await LoadAsync(cancel);
            return;
        }
        var shown = Rows.Select(row => row.Row.Id).ToHashSet();
        var page = await store.ListAsync(Filter.ToQuery(PageSize), cancel);
        (New, Page) = (page.Items.Count(schedule => !shown.Contains(schedule.Id)), page with { Next = Page.Next });
        var living = (await store.GetManyAsync(shown, cancel)).Where(schedule => schedule.DeletedAt is null).ToList();
        var now = (await reader.RowsAsync(living, cancel)).ToDictionary(row => row.Id);
        Rows = [.. Rows.Select(held => now.TryGetValue(held.Row.Id, out var row) ? held with { Row = row, IsGone = false } : held with { IsGone = true })];
        Keep();
    }

    public void Toggle(Guid id)
    {
        if (_selected.Remove(id)) return;
        if (_selected.Count < MostSelected && Rows.FirstOrDefault(row => row.Row.Id == id) is { IsGone: false } row) _selected[id] = row.Row.Schedule;
    }

    public void ToggleAll()
    {
        var all = Rows.All(row => _selected.ContainsKey(row.Row.Id));
        foreach (var row in Rows.Where(row => !row.IsGone))
        {
            if (all) _selected.Remove(row.Row.Id);
            else if (_selected.Count < MostSelected) _selected[row.Row.Id] = row.Row.Schedule;
        }
    }

    /// <summary>Selects what matches beyond this page too, up to <see cref="MostSelected"/>.</summary>
    public async Task SelectMatchingAsync(CancellationToken cancel = default)
    {
        string? after = null;
        do
        {
            var page = await store.ListAsync((Filter with { After = after }).ToQuery(ScheduleLimits.Page), cancel);
            foreach (var schedule in page.Items.Take(MostSelected - _selected.Count)) _selected[schedule.Id] = schedule;
            after = page.Next;
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
        var at = Rows.Select(row => (Guid?)row.Row.Id).ToList().IndexOf(Cursor);
        Cursor = Rows[at < 0 ? 0 : Math.Clamp(at + by, 0, Rows.Count - 1)].Row.Id;
    }

    private void Keep()
    {
        foreach (var row in Rows)
        {
            if (row.IsGone) _selected.Remove(row.Row.Id);
            else if (_selected.ContainsKey(row.Row.Id)) _selected[row.Row.Id] = row.Row.Schedule;
        }
        if (Cursor is not null && Rows.All(row => row.Row.Id != Cursor)) Cursor = null;
    }
}
