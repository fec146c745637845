using System.Diagnostics;
using System.Text;
using System.Text.Json;
using OpsConsole.Web.Configuration;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace OpsConsole.Tests.Web.Configuration;

public class CompactJsonTests
{
    [Fact]
    public void An_event_is_one_line_of_JSON_with_its_properties()
    {
        var line = Write(log => log.ForContext("JobId", "j-1").Error(new InvalidOperationException("broken\nhere"), "Job {Name} took {Milliseconds} ms", "reports\0\uD83D", 12));

        // As the file has it: halves of characters are replaced when the text becomes bytes.
        using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(line));
        var root = json.RootElement;
        Assert.Equal(("Error", "j-1", 12), (root.GetProperty("@l").GetString(), root.GetProperty("JobId").GetString(), root.GetProperty("Milliseconds").GetInt32()));
        Assert.StartsWith("Job \"reports", root.GetProperty("@m").GetString(), StringComparison.Ordinal);
        Assert.Contains("broken\nhere", root.GetProperty("@x").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, line.Count(c => c == '\n'));
    }

    [Fact]
    public void An_event_within_a_request_names_its_trace()
    {
        using var activity = new Activity("request").Start();

        var line = Write(log => log.Information("hello"));

        using var json = JsonDocument.Parse(line);
        Assert.Equal(activity.TraceId.ToHexString(), json.RootElement.GetProperty("@tr").GetString());
        Assert.False(json.RootElement.TryGetProperty("@l", out _));
    }

    private static string Write(Action<ILogger> act)
    {
        var sink = new Lines();
        using (var log = new LoggerConfiguration().WriteTo.Sink(sink).CreateLogger())
            act(log);
        return sink.Text.ToString();
    }

    private sealed class Lines : ILogEventSink
    {
        public StringWriter Text { get; } = new();

        public void Emit(LogEvent logEvent) => new CompactJson().Format(logEvent, Text);
    }
}
