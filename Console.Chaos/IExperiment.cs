namespace OpsConsole.Chaos;

/// <summary>One kind of fault, and what must hold in spite of it.</summary>
internal interface IExperiment
{
    string Name { get; }

    /// <summary>One line: what is done, and what must hold.</summary>
    string About { get; }

    Task<ChaosReport> RunAsync(ChaosSettings settings);
}
