using Npgsql;

namespace OpsConsole.Data.History.Search.Statements;

/// <summary>How long a search may take. When it is up, the statement that runs is cancelled and what was found before it stays.</summary>
internal sealed class SearchTime : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _up;
    private readonly CancellationTokenSource _both;

    public SearchTime(TimeSpan most, TimeProvider time, CancellationToken caller)
    {
        _caller = caller;
        _up = new CancellationTokenSource(most, time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_up.Token, caller);
    }

    public CancellationToken Token => _both.Token;

    /// <summary>Whether an exception means that the time is up, by this clock or by that of the database.</summary>
    public bool IsUp(Exception error) => !_caller.IsCancellationRequested
        && (error is OperationCanceledException && _up.IsCancellationRequested || error is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled });

    public void Dispose()
    {
        _both.Dispose();
        _up.Dispose();
    }
}
