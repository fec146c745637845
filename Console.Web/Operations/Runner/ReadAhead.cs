using OpsConsole.Data.Operations;

namespace OpsConsole.Web.Operations.Runner;

/// <summary>
/// Reads the next items of an operation before they are asked for. Nobody but its run marks items behind the cursor, so what was read
/// ahead is as good as what would be read later.
/// </summary>
internal sealed class ReadAhead(Guid id, OperationTermStore term)
{
    private (int After, int Count, Task<IReadOnlyList<BulkItem>> Items)? _begun;

    /// <summary>Begins to read.</summary>
    public void Begin(int after, int count, CancellationToken cancel) => _begun = (after, count, term.UnmarkedAsync(id, after, null, count, cancel));

    /// <summary>Items behind a number: those that were read, when they are the ones.</summary>
    public async Task<IReadOnlyList<BulkItem>> TakeAsync(int after, int count, CancellationToken cancel)
    {
        var begun = _begun;
        _begun = null;
        if (begun is not { } read)
            return await term.UnmarkedAsync(id, after, null, count, cancel);
        try
        {
            var items = await read.Items;
            if (read.After == after && read.Count == count)
                return items;
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            // Reading again says by itself whether the database is away.
        }
        return await term.UnmarkedAsync(id, after, null, count, cancel);
    }
}
