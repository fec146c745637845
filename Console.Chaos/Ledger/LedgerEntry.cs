namespace OpsConsole.Chaos.Ledger;

/// <summary>Something that a worker has said to the ledger.</summary>
/// <param name="At">Milliseconds by the clock of the machine.</param>
/// <param name="IsEffect">An effect, or else the begin of an attempt.</param>
/// <param name="Job">Id of the job.</param>
/// <param name="Token">Fencing token: the number of the attempt, which rises with every claim.</param>
/// <param name="Holder">The process.</param>
/// <param name="IsAccepted">False when the ledger has refused it.</param>
internal sealed record LedgerEntry(long At, bool IsEffect, string Job, int Token, string Holder, bool IsAccepted);
