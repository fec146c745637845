namespace OpsConsole.Tests.Web.Telemetry;

/// <summary>
/// Meters are told apart by their names in the whole process: when a console of another test ends meanwhile, its meters are taken for
/// those of this one and end as well. A process that is no test has one console.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MetersOfOneProcess
{
    public const string Name = "Meters of one process";
}
