using System.Text.Json;

namespace OpsConsole.Data.History.Search;

/// <summary>Looks for values within arguments. Lists on the way are looked into, as PostgreSQL's paths do.</summary>
internal static class ArgumentMatch
{
    public static bool Holds(QueryTerm term, string? arguments)
    {
        if (arguments is null) return false;
        if (term.Path.Count == 0) return term.Values.Any(value => ((PatternValue)value).Pattern.IsWithin(arguments));
        try
        {
            using var json = JsonDocument.Parse(arguments);
            return At(json.RootElement, term.Path, 0).Any(found => term.Values.Any(value => Fits(found, value, term.Operator)));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static IEnumerable<JsonElement> At(JsonElement element, IReadOnlyList<string> path, int depth)
    {
        if (depth == path.Count) return element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().Prepend(element) : [element];
        if (element.ValueKind == JsonValueKind.Array) return element.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).SelectMany(item => At(item, path, depth));
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(path[depth], out var next) ? At(next, path, depth + 1) : [];
    }

    private static bool Fits(JsonElement found, QueryValue value, QueryOperator sign)
    {
        if (value is NumberValue number) return found.ValueKind == JsonValueKind.Number && found.TryGetDecimal(out var known) && Compare(known, number.Number, sign);
        var pattern = ((PatternValue)value).Pattern;
        if (pattern.IsAnything) return true;
        if (!pattern.IsExact) return found.ValueKind == JsonValueKind.String && pattern.IsWhole(found.GetString()!);
        return found.ValueKind switch
        {
            JsonValueKind.String => found.GetString() == pattern.Literal,
            JsonValueKind.Number => ArgumentLiteral.Number(pattern.Literal) is { } wanted && found.TryGetDecimal(out var known) && known == wanted,
            JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => found.GetRawText() == pattern.Literal,
            _ => false,
        };
    }

    private static bool Compare(decimal known, decimal with, QueryOperator sign) => sign switch
    {
        QueryOperator.More => known > with,
        QueryOperator.MoreOrEqual => known >= with,
        QueryOperator.Less => known < with,
        _ => known <= with,
    };
}
