namespace OpsConsole.Chaos.Ledger;

/// <summary>Reads a ledger from its first entry to its last and trusts none of them.</summary>
internal sealed class LedgerAudit
{
    private readonly Dictionary<string, JobStory> _jobs = new(StringComparer.Ordinal);

    public LedgerAudit(IEnumerable<LedgerEntry> entries)
    {
        foreach (var entry in entries)
            Add(entry);
    }

    /// <summary>Effects that were accepted after a newer token, or after the same one of another holder.</summary>
    public long DoubleEffects { get; private set; }

    /// <summary>Effects that the ledger has refused.</summary>
    public long RefusedEffects { get; private set; }

    /// <summary>Starts that the ledger has refused: their token had been given to another holder before.</summary>
    public long RefusedStarts { get; private set; }

    /// <summary>Starts beyond the first of each job.</summary>
    public long Restarts => _jobs.Values.Sum(job => Math.Max(0, job.Starts - 1L));

    /// <summary>Jobs that had an effect more than once, each time under the newest token: their worker died between effect and end.</summary>
    public long RepeatedEffects => _jobs.Values.Sum(job => Math.Max(0, job.Effects - 1));

    /// <summary>How often each job was started.</summary>
    public int Starts(string job) => _jobs.TryGetValue(job, out var story) ? story.Starts : 0;

    public bool HasEffect(string job) => _jobs.TryGetValue(job, out var story) && story.Effects > 0;

    private void Add(LedgerEntry entry)
    {
        if (!_jobs.TryGetValue(entry.Job, out var story))
            _jobs.Add(entry.Job, story = new JobStory());
        if (entry.IsEffect)
            AddEffect(story, entry);
        else if (entry.IsAccepted)
            story.Starts++;
        else
            RefusedStarts++;
        if (entry.IsAccepted && entry.Token >= story.Token)
            (story.Token, story.Holder) = (entry.Token, entry.Holder);
    }

    private void AddEffect(JobStory story, LedgerEntry entry)
    {
        if (!entry.IsAccepted)
            RefusedEffects++;
        else if (entry.Token < story.Token || (entry.Token == story.Token && entry.Holder != story.Holder))
            DoubleEffects++;
        else
            story.Effects++;
    }

    private sealed class JobStory
    {
        public int Token { get; set; }

        public string Holder { get; set; } = "";

        public long Effects { get; set; }

        public int Starts { get; set; }
    }
}
