using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Figures.Targets;

namespace OpsConsole.Tests.Browser;

/// <summary>What a service report needs besides jobs and schedules.</summary>
internal static class SampleFigures
{
    /// <summary>Sets a target of each kind; those for all jobs and all schedules only once.</summary>
    public static async Task SetTargetsAsync(this WalkSite site, Guid schedule)
    {
        var targets = site.Services.GetRequiredService<TargetStore>();
        (TargetKind Kind, TargetMeasure Measure)[] all =
        [
            (TargetKind.AllJobs, TargetMeasure.Succeeded), (TargetKind.AllJobs, TargetMeasure.StartedInTime), (TargetKind.JobType, TargetMeasure.Succeeded),
            (TargetKind.AllSchedules, TargetMeasure.OnTime), (TargetKind.Schedule, TargetMeasure.DeadlineMet),
        ];
        foreach (var (kind, measure) in all)
        {
            await targets.SaveAsync(new Target
            {
                Id = Guid.CreateVersion7(),
                Kind = kind,
                Measure = measure,
                JobType = kind == TargetKind.JobType ? "walk.greet" : "",
                ScheduleId = kind == TargetKind.Schedule ? schedule : Guid.Empty,
                Objective = 99.5m,
                LimitMs = 30_000,
            }, null, "ada", TestContext.Current.CancellationToken);
        }
    }
}
