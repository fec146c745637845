using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpsConsole.Bench.Circuits;

/// <summary>What a page says to the browser about the components that want to be live.</summary>
/// <param name="Operations">The call that makes them so.</param>
/// <param name="State">What the page handed over from its first drawing, or nothing.</param>
internal sealed partial record CircuitPage(string Operations, string State)
{
    /// <exception cref="InvalidOperationException">Nothing of the page wants to be live.</exception>
    /// <exception cref="FormatException">A marker cannot be read.</exception>
    public static CircuitPage Of(string html)
    {
        var markers = Marker().Matches(html).Select(match => match.Groups[1].Value).ToArray();
        if (markers.Length == 0)
            throw new InvalidOperationException("The page has no live components. Is somebody signed in?");
        if (Array.Find(markers, marker => !IsJson(marker)) is { } broken)
            throw new FormatException($"The page has a marker that is no JSON: {broken}");
        var operations = markers.Select((marker, at) => $$"""{"type":"add","ssrComponentId":{{at + 1}},"marker":{{marker}}}""");
        return new CircuitPage($$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", StateOf().Match(html).Groups[1].Value);
    }

    private static bool IsJson(string marker)
    {
        try
        {
            using var json = JsonDocument.Parse(marker);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // The end of a component has only its prerenderId.
    [GeneratedRegex("<!--Blazor:(\\{\"type\":\"server\".*?\\})-->", RegexOptions.Singleline)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:([^-]*)-->")]
    private static partial Regex StateOf();
}
