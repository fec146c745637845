using System.Text.Json;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Files;

/// <summary>What may stand at a place of a definition's JSON.</summary>
internal sealed record Shape(ShapeKind Kind)
{
    /// <summary>Of an object, by name.</summary>
    public IReadOnlyDictionary<string, Shape> Members { get; private init; } = new Dictionary<string, Shape>();

    /// <summary>Names that must be there.</summary>
    public IReadOnlyList<string> Required { get; private init; } = [];

    /// <summary>Of a list.</summary>
    public Shape? Item { get; private init; }

    public IReadOnlyList<string> Choices { get; private init; } = [];

    /// <summary>Null stands for "none".</summary>
    public bool IsNullable { get; private init; }

    private static readonly Shape Text = new(ShapeKind.Text);
    private static readonly Shape Whole = new(ShapeKind.Whole);
    private static readonly Shape Moment = new(ShapeKind.Moment);

    /// <summary>A whole definition.</summary>
    public static Shape Definition { get; } = Object([],
        ("name", Text), ("description", Text), ("owner", Text), ("tags", List(Text)),
        ("job", Object([], ("type", Text), ("arguments", new Shape(ShapeKind.Arguments)), ("queue", OrNull(Text)))),
        ("when", Object([],
            ("timeZone", Text), ("cron", List(Text)),
            ("every", List(Object(["seconds"], ("seconds", Whole), ("phaseSeconds", Whole)))),
            ("at", List(Moment)),
            ("exceptRanges", List(Object(["from", "to"], ("from", Moment), ("to", Moment), ("note", Text)))),
            ("exceptCalendars", List(Text)), ("start", OrNull(Moment)), ("end", OrNull(Moment)), ("jitterSeconds", Whole),
            ("skippedTime", Choice<SkippedTime>()), ("repeatedTime", Choice<RepeatedTime>()))),
        ("overlap", Choice<OverlapPolicy>()), ("bufferLimit", Whole),
        ("catchUp", Object([], ("mode", Choice<CatchUpMode>()), ("windowSeconds", Whole), ("limit", Whole))),
        ("graceSeconds", Whole), ("expirySeconds", OrNull(Whole)), ("maxRuns", OrNull(new Shape(ShapeKind.Long))), ("pauseAfterFailures", OrNull(Whole)),
        ("deadline", OrNull(new Shape(ShapeKind.TimeOfDay))));

    /// <summary>What is wanted, in words.</summary>
    public string Words => Kind switch
    {
        ShapeKind.Object => "an object is wanted here, in braces",
        ShapeKind.List => "a list is wanted here, in brackets",
        ShapeKind.Text => "a text is wanted here, in quotes",
        ShapeKind.Whole => "a whole number is wanted here, without quotes, of at most 2147483647",
        ShapeKind.Long => "a whole number is wanted here, without quotes",
        ShapeKind.Moment => "a local date and time without an offset is wanted here, such as \"2026-12-24T18:30\"",
        ShapeKind.TimeOfDay => "a local time of day is wanted here, such as \"06:00\"",
        ShapeKind.Choice => "one of these is wanted here: " + string.Join(", ", Choices),
        _ => "an object by parameter name or a list by position is wanted here",
    };

    private static Shape Object(IReadOnlyList<string> required, params IEnumerable<(string Name, Shape Shape)> members) =>
        new(ShapeKind.Object) { Members = members.ToDictionary(member => member.Name, member => member.Shape, StringComparer.Ordinal), Required = required };

    private static Shape List(Shape item) => new(ShapeKind.List) { Item = item };

    private static Shape OrNull(Shape shape) => shape with { IsNullable = true };

    private static Shape Choice<T>() where T : struct, Enum => new(ShapeKind.Choice) { Choices = [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)] };
}

internal enum ShapeKind
{
    Object,
    List,
    Text,
    Whole,
    Long,
    Moment,
    TimeOfDay,
    Choice,
    Arguments,
}
