using OpsConsole.Data.History;
using OpsConsole.Data.History.Search;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Data.History.Search;

/// <summary>A job to look at.</summary>
internal sealed record Facts : IJobFacts
{
    public string Id { get; init; } = "3e81b7c0-52fd-4a6e-8f10-0a2b3c4d5e6f";
    public SearchState? State { get; init; }
    public AttemptOutcome? Outcome { get; init; }
    public DateTimeOffset? At { get; init; }
    public string? Type { get; init; }
    public string? Queue { get; init; }
    public string? Worker { get; init; }
    public string? Host { get; init; }
    public string? Version { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public string? Owner { get; init; }
    public Guid? ScheduleId { get; init; }
    public string? ScheduleName { get; init; }
    public Guid? GroupId { get; init; }
    public string? ParentId { get; init; }
    public string? ErrorType { get; init; }
    public string? ErrorMessage { get; init; }
    public string? Reason { get; init; }
    public string? Arguments { get; init; }
    public string? Result { get; init; }
    public int? Attempt { get; init; }
    public TimeSpan? Wait { get; init; }
    public TimeSpan? Run { get; init; }
}

/// <summary>Reads queries at a fixed time in Berlin.</summary>
internal static class Queries
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 30, 0, TimeSpan.Zero);

    public static readonly SearchContext Context = new(Now, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), "ada@example.org");

    public static JobQuery Of(string text)
    {
        var parse = JobQuery.Parse(text, Context);
        Assert.True(parse.IsOk, $"{text}: {string.Join("; ", parse.Faults)}");
        return parse.Query!;
    }
}
