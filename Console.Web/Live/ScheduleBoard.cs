namespace OpsConsole.Web.Live;

/// <summary>What every page may know of how the schedules are.</summary>
public sealed class ScheduleBoard(TimeProvider time) : LiveBoard<ScheduleHealth>(ScheduleHealth.Empty, time)
{
    /// <summary>Shows a new reading, if it says something new.</summary>
    public void Show(ScheduleHealth next)
    {
        if (next != Current)
            Publish(next);
    }
}
