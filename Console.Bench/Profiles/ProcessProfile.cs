using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace OpsConsole.Bench.Profiles;

/// <summary>The recording of one process, from when it is followed until it is let go, or for two minutes.</summary>
internal sealed class ProcessProfile : IDisposable
{
    private const int BufferMegabytes = 128;
    // Loading and compiling of methods: without it, stacks are numbers.
    private const long Methods = 0x8 | 0x10 | 0x20;
    private static readonly TimeSpan LongestRecording = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly CancellationTokenSource _stop = new();
    private readonly ThreadClock _clock;
    private readonly Task _recording;

    private ProcessProfile(string label, int processId, string file, EventPipeSession session)
    {
        (Label, ProcessId, File, _clock) = (label, processId, file, new ThreadClock(processId));
        _recording = RecordAsync(session);
    }

    public string Label { get; }

    public int ProcessId { get; }

    /// <summary>Where the raw recording is kept.</summary>
    public string File { get; }

    public double Seconds { get; private set; }

    /// <summary>Why there is no recording, or null.</summary>
    public string? Problem { get; private set; }

    public static async Task<ProcessProfile> StartAsync(string label, int processId, string file)
    {
        var session = await new DiagnosticsClient(processId).StartEventPipeSessionAsync(
        [
            new EventPipeProvider("Microsoft-DotNETCore-SampleProfiler", EventLevel.Informational),
            new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, Methods),
        ], requestRundown: true, BufferMegabytes, CancellationToken.None);
        return new ProcessProfile(label, processId, file, session);
    }

    /// <summary>Ends the recording, while the process can still say what its methods are called.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _recording;
    }

    public StackSums Read() => ProcessorTime.Spread(_clock.Times, TraceFile.Read(File), _clock.Names);

    public void Dispose() => _stop.Dispose();

    private async Task RecordAsync(EventPipeSession session)
    {
        var since = TimeProvider.System.GetTimestamp();
        try
        {
            _stop.CancelAfter(LongestRecording);
            using var ended = session;
            await using var file = System.IO.File.Create(File);
            var copying = session.EventStream.CopyToAsync(file);
            await _clock.RunAsync(_stop.Token);
            Seconds = TimeProvider.System.GetElapsedTime(since).TotalSeconds;
            await session.StopAsync(CancellationToken.None).WaitAsync(Patience);
            await copying.WaitAsync(Patience);
        }
        catch (Exception e) when (e is ServerNotAvailableException or EndOfStreamException or IOException or TimeoutException)
        {
            Problem = $"It ended, or hung, before its recording did: {e.Message}";
        }
    }
}
