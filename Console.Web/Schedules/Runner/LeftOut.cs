using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>The moments that are not run. Each gets a row as long as they are few; of more, the oldest row stands for the rest.</summary>
internal sealed class LeftOut
{
    private readonly List<Occurrence> _rows = [];
    private long _stoodFor;
    private bool _isMore;
    private DateTimeOffset _until;

    public void Add(Occurrence row) => _rows.Add(row);

    /// <summary>Adds moments that are not known one by one; the row is that of the first.</summary>
    public void AddMany(Occurrence row, long count, bool isMore, DateTimeOffset until)
    {
        _rows.Insert(0, row);
        _stoodFor = count - 1;
        _isMore = isMore;
        _until = until;
    }

    public IEnumerable<Occurrence> Rows(int most)
    {
        // Of each state on its own: a row of a pause cannot stand for missed moments.
        foreach (var same in _rows.GroupBy(row => row.State))
        {
            var rows = same.ToList();
            var isFirst = ReferenceEquals(rows[0], _rows[0]);
            var extra = Math.Max(0, rows.Count - most);
            var more = isFirst ? _stoodFor : 0;
            if (extra + more > 0)
                rows[0].Cause = FireWords.Join(rows[0].Cause, FireWords.StandsFor(1 + extra + more, isFirst && _isMore, extra > 0 ? rows[extra].NominalAt : _until));
            yield return rows[0];
            foreach (var row in rows.Skip(1 + extra))
                yield return row;
        }
    }
}
