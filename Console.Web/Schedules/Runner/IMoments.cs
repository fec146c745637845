namespace OpsConsole.Web.Schedules.Runner;

/// <summary>The moments of a timing, for any number of schedules that share it.</summary>
public interface IMoments
{
    /// <summary>The first moment after this one, with the jitter that this schedule has for it; null when there is none.</summary>
    RunnerMoment? Next(Guid schedule, DateTimeOffset after);
}
