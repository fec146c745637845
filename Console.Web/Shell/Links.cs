using System.Globalization;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Shell;

/// <summary>Every address of the console. Ids and names are data from elsewhere: they are escaped here and nowhere else.</summary>
public static class Links
{
    public const string Overview = "/";
    public const string Workers = "/workers";
    public const string Queues = "/queues";
    public const string Storage = "/storage";
    public const string Failures = "/failures";
    public const string Operations = "/operations";
    public const string Audit = "/audit";
    public const string Users = "/users";
    public const string Account = "/account";
    public const string SignIn = "/sign-in";
    public const string SignOut = "/sign-out";
    public const string SetUp = "/set-up";

    /// <summary>What was found wrong in Redis.</summary>
    /// <param name="show">quarantined, or null for everything.</param>
    /// <param name="before">Position of the last one that was shown.</param>
    public static string Findings(string? show = null, string? before = null) => Storage + Query(("show", show), ("before", before));

    public static string Worker(string id) => "/workers/" + Segment(id);

    public static string Queue(string name) => "/queues/" + Segment(name);

    /// <summary>Servers and browsers take these characters of a path apart, escaped or not; such an id goes into the query.</summary>
    public const string IdInQuery = "~";

    public static string Job(string id) =>
        id is "." or ".." || id.AsSpan().ContainsAny('/', '\\', '%') ? "/jobs/" + IdInQuery + Query(("id", id)) : "/jobs/" + Segment(id);

    public static string Trigger(string? jobType = null) => jobType is null ? "/trigger" : "/trigger/" + Segment(jobType);

    public static string Jobs(JobState? state = null, string? queue = null, string? type = null, string? after = null) =>
        "/jobs" + Query(("state", state is { } s ? StateName(s) : null), ("queue", queue), ("type", type), ("after", after));

    /// <summary>What a search finds among live and past jobs.</summary>
    /// <param name="query">As it would be typed.</param>
    public static string JobSearch(string query, string? after = null) => "/jobs" + Query(("q", query), ("after", after));

    /// <summary>What a search finds, as a file.</summary>
    public static string JobExport(string query) => "/jobs/export" + Query(("q", query));

    /// <summary>Groups of failures, narrowed down.</summary>
    public static string FailureGroups(
        string? tab = null, string? text = null, string? type = null, string? queue = null, string? version = null, string? sort = null, string? after = null) =>
        Failures + Query(("tab", tab), ("text", text), ("type", type), ("queue", queue), ("version", version), ("sort", sort), ("after", after));

    public static string FailureGroup(Guid id, string? span = null) => $"{Failures}/{id:D}" + Query(("span", span));

    /// <summary>The failed jobs themselves, narrowed down.</summary>
    public static string FailuresOf(JobState? state = null, string? type = null, string? queue = null, string? after = null) =>
        Failures + "/jobs" + Query(("state", state is { } s ? StateName(s) : null), ("type", type), ("queue", queue), ("after", after));

    /// <summary>One mass operation.</summary>
    public static string Operation(Guid id) => $"/operations/{id:D}";

    /// <summary>Where a mass operation is asked for on the jobs that failed again in an earlier one.</summary>
    public static string OperationAgain(Guid operation) => Operations + "/new" + Query(("operation", operation.ToString("D")));

    /// <summary>Where a mass operation is asked for: on a group of failures, on what a search finds, or on chosen jobs.</summary>
    /// <param name="jobs">At most 200 ids.</param>
    /// <param name="isDelete">Deletes them instead of retrying them.</param>
    public static string NewOperation(Guid? group = null, string? query = null, IEnumerable<string>? jobs = null, bool isDelete = false) =>
        Operations + "/new" + Query(("group", group?.ToString("D")), ("q", query), ("ids", jobs is null ? null : string.Join(',', jobs)), ("kind", isDelete ? "delete" : null));

    /// <summary>The list of schedules, narrowed down.</summary>
    public static string Schedules(
        string? text = null, string? type = null, string? queue = null, string? tag = null, string? owner = null, string? state = null, string? outcome = null,
        string? sort = null, string? after = null) =>
        "/schedules" + Query(("q", text), ("type", type), ("queue", queue), ("tag", tag), ("owner", owner), ("state", state), ("outcome", outcome), ("sort", sort), ("after", after));

    public static string Schedule(Guid id) => $"/schedules/{id:D}";

    public static string ScheduleEdit(Guid id) => $"/schedules/{id:D}/edit";

    /// <summary>The editor with nothing in it, with a job, or with a copy of another schedule.</summary>
    /// <param name="arguments">JSON.</param>
    public static string NewSchedule(string? type = null, Guid? copyOf = null, string? queue = null, string? arguments = null) =>
        "/schedules/new" + Query(("type", type), ("queue", queue), ("arguments", arguments), ("copy", copyOf?.ToString("D")));

    /// <summary>Past and future runs by time.</summary>
    /// <param name="view">day, week or month.</param>
    /// <param name="at">Local begin of the cell whose runs are listed.</param>
    public static string ScheduleCalendar(
        string? view = null, DateOnly? date = null, string? type = null, string? queue = null, string? tag = null, string? owner = null, string? at = null) =>
        "/schedules/calendar" + Query(
            ("view", view), ("date", date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("type", type), ("queue", queue), ("tag", tag), ("owner", owner), ("at", at));

    /// <summary>Named sets of days on which schedules do not run.</summary>
    public const string Calendars = "/schedules/calendars";

    /// <summary>One calendar, or the form for a new one.</summary>
    public static string CalendarOf(string? name) => Calendars + (name is null ? "?new=1" : Query(("name", name)));

    /// <summary>Where schedules are imported and exported as files.</summary>
    public const string ScheduleFiles = "/schedules/files";

    /// <summary>Schedules as a file: all, those that a filter leaves, or the chosen ones.</summary>
    public static string ScheduleExport(
        IEnumerable<Guid>? ids = null, string? text = null, string? type = null, string? queue = null, string? tag = null, string? owner = null, string? state = null, string? outcome = null,
        string? source = null) =>
        "/schedules/files/export" + Query(
        [
            .. (ids ?? []).Select(id => ("id", (string?)id.ToString("D"))), ("q", text), ("type", type), ("queue", queue), ("tag", tag), ("owner", owner), ("state", state), ("outcome", outcome),
            ("source", source),
        ]);

    /// <summary>The service report of a week, month or quarter.</summary>
    /// <param name="day">Any day of it, yyyy-MM-dd; today when left out.</param>
    /// <param name="compare">"no" leaves out the period before.</param>
    public static string Kpis(string? period = null, string? day = null, string? compare = null, string? show = null) =>
        "/kpis" + Query(("period", period), ("day", day), ("compare", compare), ("show", show));

    /// <summary>A service report as a file.</summary>
    /// <param name="format">csv or xlsx.</param>
    public static string KpiFile(string format, string period, string day) => $"/kpis/file.{format}" + Query(("period", period), ("day", day));

    /// <summary>Figures over time; <c>/metrics</c> itself is for machines.</summary>
    /// <param name="until">End, UTC, to the minute; null for now.</param>
    public static string Metrics(
        string? range = null, string? until = null, string? type = null, string? queue = null, string? host = null, string? compare = null, string? by = null, string? heat = null) =>
        "/metrics/overview" + Query(("range", range), ("until", until), ("type", type), ("queue", queue), ("host", host), ("compare", compare), ("by", by), ("heat", heat));

    /// <summary>How a state is written in an address.</summary>
    public static string StateName(JobState state) => state.ToString().ToLowerInvariant();

    /// <summary>The state that an address names, or null.</summary>
    public static JobState? StateOf(string? name) =>
        Enum.TryParse<JobState>(name, ignoreCase: true, out var state) && Enum.IsDefined(state) && state != JobState.Unknown && !char.IsDigit(name[0]) ? state : null;

    /// <summary>What an address says, or null when it says nothing.</summary>
    public static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>A query string of what is set, or nothing.</summary>
    public static string Query(params IEnumerable<(string Name, string? Value)> parts)
    {
        var set = string.Join('&', parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => part.Name + "=" + Segment(part.Value!)));
        return set.Length == 0 ? "" : "?" + set;
    }

    /// <summary>Escapes text that holds halves of characters too, which <see cref="Uri.EscapeDataString(string)"/> would turn into something else.</summary>
    private static string Segment(string text) => text is "." or ".." ? text.Replace(".", "%2E", StringComparison.Ordinal) : Uri.EscapeDataString(text);
}
