namespace OpsConsole.Jobs.Worker;

/// <summary>A job in a queue names a job type that this worker does not declare. The job is failed; it is not retried by itself.</summary>
public sealed class UnknownJobTypeException : Exception
{
    /// <inheritdoc/>
    public UnknownJobTypeException() { }

    /// <inheritdoc/>
    public UnknownJobTypeException(string message) : base(message) { }

    /// <inheritdoc/>
    public UnknownJobTypeException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>The stored arguments of a job do not fit its method. The job is failed; trying again would not help.</summary>
public sealed class ArgumentBindingException : Exception
{
    /// <inheritdoc/>
    public ArgumentBindingException() { }

    /// <inheritdoc/>
    public ArgumentBindingException(string message) : base(message) { }

    /// <inheritdoc/>
    public ArgumentBindingException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>A job ran longer than its hard limit.</summary>
public sealed class TimeLimitException : Exception
{
    /// <inheritdoc/>
    public TimeLimitException() { }

    /// <inheritdoc/>
    public TimeLimitException(string message) : base(message) { }

    /// <inheritdoc/>
    public TimeLimitException(string message, Exception inner) : base(message, inner) { }
}
