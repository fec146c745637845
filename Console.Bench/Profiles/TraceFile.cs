using Microsoft.Diagnostics.Tracing.Etlx;
using Microsoft.Diagnostics.Tracing.EventPipe;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace OpsConsole.Bench.Profiles;

/// <summary>The stacks of a recorded session. The only place that knows the library that reads them.</summary>
internal static class TraceFile
{
    public static IReadOnlyList<ThreadSample> Read(string file)
    {
        var index = TraceLog.CreateFromEventPipeDataFile(file, Path.ChangeExtension(file, ".etlx"));
        try
        {
            using var log = new TraceLog(index);
            return Read(log);
        }
        finally
        {
            File.Delete(index);
        }
    }

    private static List<ThreadSample> Read(TraceLog log)
    {
        var (samples, stacks) = (new List<ThreadSample>(), new Dictionary<CallStackIndex, IReadOnlyList<string>>());
        var source = log.Events.GetSource();
        new SampleProfilerTraceEventParser(source).ThreadSample += sample =>
        {
            var stack = sample.CallStackIndex();
            if (!stacks.TryGetValue(stack, out var methods))
                stacks[stack] = methods = FrameName.Stack(Frames(sample.CallStack()));
            samples.Add(new ThreadSample(sample.ThreadID, sample.TimeStamp.ToUniversalTime(), sample.Type == ClrThreadSampleType.Managed, methods));
        };
        source.Process();
        return samples;
    }

    private static IEnumerable<string> Frames(TraceCallStack? frame)
    {
        for (; frame is not null; frame = frame.Caller)
            yield return frame.CodeAddress.FullMethodName;
    }
}
