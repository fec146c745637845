namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>The values that one field allows, in order, and the patterns that people see in them.</summary>
internal sealed class ValueSet
{
    private readonly int least;
    private readonly int size;

    public ValueSet(CronFieldTerms terms)
    {
        var mask = terms.Mask;
        least = terms.Field.Min;
        size = terms.Field.LastValue - least + 1;
        Values = [.. Enumerable.Range(least, size).Where(value => (mask >> value & 1) != 0)];
    }

    public IReadOnlyList<int> Values { get; }

    public int Count => Values.Count;

    public int First => Values[0];

    public int Last => Values[^1];

    public bool IsAll => Count == size;

    /// <summary>The distance when the values go on evenly over the end of the field, from its first value: 15 for 0, 15, 30, 45.</summary>
    public int? EvenStep => Step is { } step && First == least && Count * step == size ? step : null;

    /// <summary>The distance when it is the same between all of at least three values.</summary>
    public int? Step
    {
        get
        {
            if (Count < 3 && !(Count == 2 && First == least && 2 * (Values[1] - least) == size))
                return null;
            var step = Values[1] - Values[0];
            return Values.Zip(Values.Skip(1), (one, next) => next - one).All(distance => distance == step) ? step : null;
        }
    }

    /// <summary>Values that follow each other, as first and last ones.</summary>
    public IReadOnlyList<(int From, int To)> Runs
    {
        get
        {
            var runs = new List<(int From, int To)>();
            foreach (var value in Values)
            {
                if (runs.Count > 0 && runs[^1].To == value - 1)
                    runs[^1] = (runs[^1].From, value);
                else
                    runs.Add((value, value));
            }
            return runs;
        }
    }
}
