namespace OpsConsole.Jobs.Protocol;

/// <summary>Redis is away, too slow, or refused a command. The message names the command and what to do.</summary>
public sealed class JobStorageException : Exception
{
    /// <inheritdoc/>
    public JobStorageException() { }

    /// <inheritdoc/>
    public JobStorageException(string message) : base(message) { }

    /// <inheritdoc/>
    public JobStorageException(string message, Exception inner) : base(message, inner) { }
}
