using System.Globalization;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules.Editor;

/// <summary>A schedule as texts of the editor's fields. Whatever was typed stays, whether it can be read or not.</summary>
public sealed class ScheduleDraft
{
    private static readonly ScheduleDefinition s_defaults = new();

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public string Owner { get; set; } = "";

    /// <summary>With commas between them.</summary>
    public string Tags { get; set; } = "";

    public string JobType { get; set; } = "";

    public string Queue { get; set; } = "";

    /// <summary>JSON of the arguments.</summary>
    public string Arguments { get; set; } = "{}";

    public TimingDraft When { get; private init; } = new();

    public OverlapPolicy Overlap { get; set; }

    public string BufferLimit { get; set; } = "";

    public CatchUpMode CatchUp { get; set; }

    public string Window { get; set; } = "";

    public string CatchUpLimit { get; set; } = "";

    public string Grace { get; set; } = "";

    public string Expiry { get; set; } = "";

    public string MaxRuns { get; set; } = "";

    public string PauseAfterFailures { get; set; } = "";

    /// <summary>Time of day.</summary>
    public string Deadline { get; set; } = "";

    /// <summary>What cannot be read, after <see cref="Read"/>.</summary>
    public IReadOnlyDictionary<string, string> Unreadable { get; private set; } = new Dictionary<string, string>();

    public static ScheduleDraft Of(ScheduleDefinition definition) => new()
    {
        Name = definition.Name,
        Description = definition.Description,
        Owner = definition.Owner,
        Tags = string.Join(", ", definition.Tags),
        JobType = definition.Job.Type,
        Queue = definition.Job.Queue ?? "",
        Arguments = definition.Job.Arguments,
        When = TimingDraft.Of(definition.When),
        Overlap = definition.Overlap,
        BufferLimit = Write(definition.BufferLimit),
        CatchUp = definition.CatchUp.Mode,
        Window = SpanText.Write(definition.CatchUp.WindowSeconds),
        CatchUpLimit = Write(definition.CatchUp.Limit),
        Grace = SpanText.Write(definition.GraceSeconds),
        Expiry = definition.ExpirySeconds is { } expiry ? SpanText.Write(expiry) : "",
        MaxRuns = Write(definition.MaxRuns),
        PauseAfterFailures = Write(definition.PauseAfterFailures),
        Deadline = definition.Deadline?.ToString(definition.Deadline.Value.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>The definition that the texts say; what cannot be read has its default there and is named in <see cref="Unreadable"/> or at its row.</summary>
    public ScheduleDefinition Read()
    {
        var problems = new DraftProblems();
        var definition = new ScheduleDefinition
        {
            Name = Name.Trim(),
            Description = Description.Trim(),
            Owner = Owner.Trim(),
            Tags = [.. Tags.Split([',', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)],
            Job = new ScheduledJob { Type = JobType.Trim(), Arguments = string.IsNullOrWhiteSpace(Arguments) ? "{}" : Arguments, Queue = string.IsNullOrWhiteSpace(Queue) ? null : Queue.Trim() },
            When = When.Read(problems),
            Overlap = Overlap,
            BufferLimit = (int)(problems.Count("bufferLimit", BufferLimit, int.MaxValue) ?? s_defaults.BufferLimit),
            CatchUp = new CatchUp
            {
                Mode = CatchUp,
                WindowSeconds = problems.Span("catchUp.windowSeconds", Window) ?? s_defaults.CatchUp.WindowSeconds,
                Limit = (int)(problems.Count("catchUp.limit", CatchUpLimit, int.MaxValue) ?? s_defaults.CatchUp.Limit),
            },
            GraceSeconds = problems.Span("graceSeconds", Grace) ?? s_defaults.GraceSeconds,
            ExpirySeconds = problems.Span("expirySeconds", Expiry),
            MaxRuns = problems.Count("maxRuns", MaxRuns, long.MaxValue),
            PauseAfterFailures = (int?)problems.Count("pauseAfterFailures", PauseAfterFailures, int.MaxValue),
            Deadline = problems.TimeOfDay("deadline", Deadline),
        };
        Unreadable = problems.ByPath;
        return definition;
    }

    /// <summary>All rows that were typed and are not in the definition.</summary>
    public IEnumerable<DraftRow> UnreadableRows => ((IEnumerable<DraftRow>)[.. When.Cron, .. When.Every, .. When.At, .. When.Ranges]).Where(row => row.Problem is not null);

    private static string Write(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
