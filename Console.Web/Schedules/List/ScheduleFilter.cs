using OpsConsole.Data.Schedules;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Schedules.List;

/// <summary>What an address of the list asks for.</summary>
public sealed record ScheduleFilter
{
    public string? Text { get; init; }

    public string? Type { get; init; }

    public string? Queue { get; init; }

    public string? Tag { get; init; }

    public string? Owner { get; init; }

    /// <summary>enabled, paused or ended.</summary>
    public string? State { get; init; }

    /// <summary>Outcome of the newest job that has ended, in small letters.</summary>
    public string? Outcome { get; init; }

    /// <summary>name, next or last; null: name.</summary>
    public string? Sort { get; init; }

    public string? After { get; init; }

    public string Href => Links.Schedules(Text, Type, Queue, Tag, Owner, State, Outcome, Sort, After);

    /// <summary>The first page of the same.</summary>
    public ScheduleFilter First => this with { After = null };

    /// <summary>Whether anything but the state narrows the list.</summary>
    public bool IsNarrow => Text is not null || Type is not null || Queue is not null || Tag is not null || Owner is not null || Outcome is not null;

    /// <summary>How many of the fields for choices are in use.</summary>
    public int Choices => ((string?[])[Type, Queue, Tag, Owner, Outcome]).Count(choice => choice is not null);

    /// <summary>Nothing but the state and the order.</summary>
    public ScheduleFilter Wide => new() { State = State, Sort = Sort };

    public ScheduleQuery ToQuery(int limit) => new()
    {
        Text = Text,
        JobType = Type,
        Queue = Queue,
        Tag = Tag,
        Owner = Owner,
        State = Named<ScheduleState>(State),
        LastOutcome = Named<JobOutcome>(Outcome),
        Sort = Named<ScheduleSort>(Sort) ?? ScheduleSort.Name,
        After = After,
        Limit = limit,
    };

    // A name that this version does not know narrows nothing: a link with it still shows the list.
    private static TEnum? Named<TEnum>(string? name) where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(name![0]) ? value : null;
}
