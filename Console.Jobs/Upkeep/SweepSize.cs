namespace OpsConsole.Jobs.Upkeep;

/// <summary>From where on looking at everything takes too long, so that a look goes past what the queues account for.</summary>
/// <param name="MostKeys">Keys up to which every look is at all of them.</param>
/// <param name="LongQueue">Entries up to which each is looked at for the state of its job.</param>
internal sealed record SweepSize(long MostKeys = 500_000, long LongQueue = 20_000);
