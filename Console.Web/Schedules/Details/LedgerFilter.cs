using System.Globalization;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Schedules.Details;

/// <summary>What an address of a schedule's page asks of its ledger. The times are of the viewer's clock.</summary>
public sealed record LedgerFilter
{
    /// <summary>A state in small letters.</summary>
    public string? State { get; init; }

    /// <summary>A kind in small letters.</summary>
    public string? Kind { get; init; }

    /// <summary>An outcome in small letters.</summary>
    public string? Outcome { get; init; }

    /// <summary>Id of a backfill.</summary>
    public string? Origin { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    /// <summary>Where the page begins, as <see cref="Write"/> makes it.</summary>
    public string? Before { get; init; }

    public bool IsNarrow => State is not null || Kind is not null || Outcome is not null || Origin is not null || From is not null || To is not null;

    public LedgerFilter First => this with { Before = null };

    public string Href(Guid id) => Links.Schedule(id) + Links.Query(("state", State), ("kind", Kind), ("outcome", Outcome), ("origin", Origin), ("from", From), ("to", To), ("before", Before)) + (IsNarrow || Before is not null ? "#ledger" : "");

    public LedgerQuery ToQuery(TimeZoneInfo zone, int limit) => new()
    {
        States = Named<OccurrenceState>(State) is { } state ? [state] : [],
        Kinds = Named<OccurrenceKind>(Kind) is { } kind ? [kind] : [],
        Outcomes = Named<JobOutcome>(Outcome) is { } outcome ? [outcome] : [],
        Origin = Guid.TryParse(Origin, out var origin) ? origin : null,
        From = From is null ? null : LocalTime.Parse(From, zone),
        To = To is null ? null : LocalTime.Parse(To, zone),
        Before = Place(Before),
        Limit = limit,
    };

    public static string Write(LedgerPlace place) => string.Create(CultureInfo.InvariantCulture, $"{place.NominalAt.UtcTicks}-{place.Origin:N}");

    private static LedgerPlace? Place(string? text) =>
        text?.Split('-') is [var ticks, var origin] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.Ticks && Guid.TryParse(origin, out var id)
            ? new LedgerPlace(new DateTimeOffset(at, TimeSpan.Zero), id)
            : null;

    // A name that this version does not know narrows nothing: a link with it still shows the ledger.
    private static TEnum? Named<TEnum>(string? name) where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(name![0]) ? value : null;
}
