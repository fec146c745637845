using System.Text.Json;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>One row of facts.lua; see the script's header. Whatever strangers have written there is left out rather than refused.</summary>
internal static class FactsReply
{
    public static JobFacts Read(RedisResult[] row, CatalogueIndex index)
    {
        var (type, method, parameters) = (Reply.TextOrNull(row[0]), Reply.TextOrNull(row[1]), Reply.TextOrNull(row[2]) ?? "");
        var known = type is not null && method is not null ? index.ByKey(TypeKey.Of(type, method, parameters)) : null;
        var arguments = Reply.TextOrNull(row[3]);
        var facts = new JobFacts
        {
            Name = known?.Name,
            Arguments = string.IsNullOrEmpty(arguments) ? [] : JobArguments.Given(arguments, known),
            ArgumentsTooLong = arguments?.Length == 0,
            CreatedAt = StoredTime.Read(Reply.TextOrNull(row[4])),
            ParentId = JsonText(row[5]),
            ScheduleId = Guid.TryParse(JsonText(row[6]), out var schedule) ? schedule : null,
            ScheduledFor = StoredTime.Read(JsonText(row[7])),
            Owner = JsonText(row[8]) ?? "",
            Tags = JsonTexts(row[9]),
            Attempt = (int)Math.Clamp(Reply.Number(row[10]), 0, int.MaxValue),
            StartedAt = StoredTime.Read(Reply.Text(row[12])),
            Worker = Reply.Text(row[13]),
            EnqueuedAt = StoredTime.Read(Reply.Text(row[14])),
        };
        return Reply.TextOrNull(row[11]) switch
        {
            null => facts,
            "" => facts with { EndTooLong = true },
            var end => WithEnd(facts, HistoryReader.Read([end])[0]),
        };
    }

    private static JobFacts WithEnd(JobFacts facts, StateEntry end) => facts with
    {
        ResultJson = end.Data.GetValueOrDefault("Result"),
        ErrorType = end.Data.GetValueOrDefault("ExceptionType"),
        ErrorMessage = end.Data.GetValueOrDefault("ExceptionMessage"),
        ErrorDetails = end.Data.GetValueOrDefault("ExceptionDetails"),
        Reason = end.Reason,
    };

    private static string? JsonText(RedisResult field)
    {
        if (Reply.TextOrNull(field) is not { Length: > 0 } json)
            return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IReadOnlyList<string> JsonTexts(RedisResult field)
    {
        if (Reply.TextOrNull(field) is not { Length: > 0 } json)
            return [];
        try
        {
            return [.. (JsonSerializer.Deserialize<string?[]>(json) ?? []).OfType<string>().Where(tag => tag.Length > 0)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}
