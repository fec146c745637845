using OpsConsole.Jobs;

namespace OpsConsole.Tests.Samples;

/// <summary>A job context that only remembers, for jobs called as plain methods.</summary>
internal sealed class RecordingContext : JobContext
{
    public List<(double Percent, string? Text)> Reported { get; } = [];

    public List<(string Text, JobLogLevel Level)> Lines { get; } = [];

    public CancellationTokenSource SoftLimit { get; } = new();

    /// <summary>Called with every progress report.</summary>
    public Action<double>? OnProgress { get; set; }

    public override string JobId => "5b1f8a52-9a1c-4cf8-8d53-0f5bd39a6a10";

    public override string JobName => "test";

    public override string Queue => "default";

    public override int Attempt => 1;

    public override CancellationToken Cancellation => CancellationToken.None;

    public override CancellationToken SoftLimitReached => SoftLimit.Token;

    public override void Progress(double percent, string? text = null)
    {
        Reported.Add((percent, text));
        OnProgress?.Invoke(percent);
    }

    public override void Log(string text, JobLogLevel level = JobLogLevel.Info) => Lines.Add((text, level));
}
