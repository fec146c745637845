namespace OpsConsole.Data.History.Search;

/// <summary>What is wrong with a text, as far as it is told.</summary>
internal sealed class FaultList
{
    private readonly List<QueryFault> _faults = [];

    public bool IsEmpty => _faults.Count == 0;

    public void Add(int position, int length, string message)
    {
        if (_faults.Count < QueryLimits.Faults) _faults.Add(new(position, length, message));
    }

    public IReadOnlyList<QueryFault> InOrder() => [.. _faults.OrderBy(fault => fault.Position)];
}
