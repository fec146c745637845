using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Chaos.Faults;

/// <summary>Something that was made wrong in Redis on purpose.</summary>
/// <param name="Kind">As the sweep should name it.</param>
/// <param name="Subject">As the sweep should name it.</param>
/// <param name="At">When.</param>
internal sealed record Plant(string Kind, string Subject, DateTimeOffset At)
{
    public bool IsMetBy(Finding finding) => finding.Kind == Kind && finding.Subject == Subject;
}
