namespace OpsConsole.Data.History.Search;

/// <summary>What a term of a query asks about.</summary>
public enum QueryField
{
    /// <summary>Words without a field: anywhere in job type, arguments, exception, message and reason, or a whole job id.</summary>
    Text,
    Id,
    Type,
    Queue,
    /// <summary>Where a live job stands, or how an attempt in the history ended.</summary>
    State,
    /// <summary>How an attempt in the history ended; no live job has one.</summary>
    Outcome,
    Worker,
    Host,
    Version,
    Tag,
    Owner,
    /// <summary>A schedule, by its name or id.</summary>
    Schedule,
    /// <summary>A failure group, by its id.</summary>
    Group,
    Parent,
    /// <summary>Exception type or message.</summary>
    Error,
    Message,
    Reason,
    Result,
    Args,
    Attempt,
    Run,
    Wait,
    Since,
    Until,
}

/// <summary>What values a field takes.</summary>
public enum QueryFieldKind
{
    /// <summary>A whole name; <c>*</c> stands for anything; upper and lower case are the same.</summary>
    Name,
    /// <summary>A part of a text; <c>*</c> stands for anything; upper and lower case are the same.</summary>
    Text,
    State,
    Outcome,
    /// <summary>A whole id.</summary>
    Key,
    /// <summary>Values within the arguments, compared exactly or as numbers; with a <c>*</c> in any case.</summary>
    Argument,
    Number,
    Duration,
    Moment,
}

/// <summary>How a term compares.</summary>
public enum QueryOperator
{
    Is,
    More,
    MoreOrEqual,
    Less,
    LessOrEqual,
}
