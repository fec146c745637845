namespace OpsConsole.Data.History.Search;

/// <summary>What a term compares with.</summary>
public abstract record QueryValue;

public sealed record PatternValue(TextPattern Pattern) : QueryValue;

public sealed record StateValue(SearchState State) : QueryValue;

/// <param name="Outcome">Null stands for every failure: <c>outcome:failure</c>.</param>
public sealed record OutcomeValue(AttemptOutcome? Outcome) : QueryValue;

public sealed record GuidValue(Guid Id) : QueryValue;

public sealed record NumberValue(decimal Number) : QueryValue;

public sealed record SpanValue(TimeSpan Span) : QueryValue;

/// <summary>A moment as it was typed. One that is relative moves on with the clock each time the text is read again.</summary>
/// <param name="Text">As typed, in its usual form: <c>2d</c>, <c>yesterday</c>, <c>2026-11-21</c>.</param>
/// <param name="At">What that was when it was read; for <see cref="QueryField.Until"/> the first moment after it.</param>
public sealed record MomentValue(string Text, DateTimeOffset At) : QueryValue;
