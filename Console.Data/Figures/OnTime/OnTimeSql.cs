namespace OpsConsole.Data.Figures.OnTime;

/// <summary>How the ledger is counted, in one place: for sums, and for what is not summed yet. Numbers of states are those of the enumerations.</summary>
internal static class OnTimeSql
{
    /// <summary>The six columns of a tally, over rows of "Occurrences" o with the cursor c of their schedule.</summary>
    /// <remarks>
    /// A buffered moment has waited for an earlier job; it was on time when its own job was in the queue within the grace all the same, and
    /// does not count while it has none. A deadline is decided when its moment has passed, or when the work is done.
    /// </remarks>
    public const string Tally = """
        count(*) FILTER (WHERE o."State" = 1 OR (o."State" = 6 AND o."EnqueuedAt" <= o."DueAt" + make_interval(secs => coalesce(c."GraceSeconds", 60)))) AS a,
        count(*) FILTER (WHERE o."State" = 2 OR (o."State" = 6 AND o."EnqueuedAt" > o."DueAt" + make_interval(secs => coalesce(c."GraceSeconds", 60)))) AS b,
        count(*) FILTER (WHERE o."State" = 5) AS c,
        count(*) FILTER (WHERE o."State" = 7) AS d,
        count(*) FILTER (WHERE o."DeadlineAt" IS NOT NULL AND NOT o."IsDeadlineMissed" AND o."Outcome" = 0) AS e,
        count(*) FILTER (WHERE o."DeadlineAt" IS NOT NULL AND (o."IsDeadlineMissed" OR o."State" IN (5, 7) OR (NOT o."IsOpen" AND o."Outcome" > 0))) AS f
        """;

    /// <summary>Planned moments; manual runs and backfills are no promise.</summary>
    public const string From = """
        FROM "Occurrences" o LEFT JOIN "ScheduleCursors" c ON c."ScheduleId" = o."ScheduleId" WHERE o."Kind" = 0
        """;

    public const string Sums = "sum(a)::bigint, sum(b)::bigint, sum(c)::bigint, sum(d)::bigint, sum(e)::bigint, sum(f)::bigint";
}
