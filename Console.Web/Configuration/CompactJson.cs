using System.Globalization;
using System.Text.Json;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Json;

namespace OpsConsole.Web.Configuration;

/// <summary>
/// One log event as one line of JSON, with the short field names that log tools know: <c>@t</c> time, <c>@l</c> level (absent
/// for Information), <c>@m</c> message, <c>@x</c> exception, <c>@tr</c> and <c>@sp</c> trace and span, then the properties.
/// </summary>
public sealed class CompactJson : ITextFormatter
{
    private static readonly JsonValueFormatter Values = new("$type");

    public void Format(LogEvent logEvent, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        ArgumentNullException.ThrowIfNull(output);
        output.Write("{\"@t\":\"");
        output.Write(logEvent.Timestamp.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        output.Write('"');
        if (logEvent.Level != LogEventLevel.Information)
            Write(output, "@l", logEvent.Level.ToString());
        Write(output, "@m", logEvent.RenderMessage(CultureInfo.InvariantCulture));
        if (logEvent.Exception is { } exception)
            Write(output, "@x", exception.ToString());
        if (logEvent.TraceId is { } trace)
            Write(output, "@tr", trace.ToHexString());
        if (logEvent.SpanId is { } span)
            Write(output, "@sp", span.ToHexString());
        foreach (var (name, value) in logEvent.Properties)
        {
            output.Write(',');
            JsonValueFormatter.WriteQuotedJsonString(name, output);
            output.Write(':');
            Values.Format(value, output);
        }
        output.WriteLine('}');
    }

    private static void Write(TextWriter output, string name, string value)
    {
        output.Write(",\"");
        output.Write(name);
        output.Write("\":");
        output.Write(JsonSerializer.Serialize(value));
    }
}
