namespace OpsConsole.Jobs.Upkeep;

/// <summary>Something that did not fit together when it was looked at; it may have been on its way from one place to the next.</summary>
/// <param name="Kind">See <see cref="Monitoring.FindingKinds"/>.</param>
/// <param name="Subject">Job, entry, worker or key.</param>
/// <param name="Evidence">What must be the same at the second look: a place, a time, a holder.</param>
internal sealed record Suspect(string Kind, string Subject, string Evidence);
