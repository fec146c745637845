using System.Text.Encodings.Web;
using System.Text.Json;
using OpsConsole.Data;
using OpsConsole.Data.Audit;

namespace OpsConsole.Web.Operators;

/// <summary>The details of an operation as the audit keeps them.</summary>
internal static class OperationDetails
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Null when the message has said it all.</summary>
    public static string? ToJson(OperationResult result)
    {
        var facts = result.Facts.ToDictionary(fact => fact.Key, fact => Storable(fact.Value));
        if (result.Done + result.Refused > 1)
        {
            facts["done"] = result.Done;
            facts["refused"] = result.Refused;
        }
        if (result.Refusals.Count > 0)
            facts["refusals"] = result.Refusals.Select(r => new { target = Text(r.Target), message = Text(r.Message) });
        return facts.Count == 0 ? null : JsonSerializer.Serialize(facts, Plain);
    }

    private static object? Storable(object? value) => value switch
    {
        string text => Text(text),
        IEnumerable<string> texts => texts.Select(Text).ToList(),
        _ => value,
    };

    private static string Text(string text) => StoredText.Clean(text, AuditLimits.Message);
}
