using System.Text;
using System.Text.Json;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.History;

/// <summary>Arguments and results as they are stored: without secrets, and no longer than their caps.</summary>
internal sealed class StoredPayload(HistoryOptions options)
{
    private const int ShortestCut = 16;
    private readonly SecretNames _secrets = new(options.SecretFields);

    /// <summary>A JSON object by parameter name, or null when there are none.</summary>
    public string? Arguments(IReadOnlyList<JobArgument> arguments, ref bool isRedacted, ref bool isCut)
    {
        if (arguments.Count == 0)
            return null;
        var values = new string[arguments.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Value(arguments[i], ref isRedacted);
        Fit(values, arguments, ref isCut);
        var json = new StringBuilder("{");
        for (var i = 0; i < values.Length; i++)
            json.Append(i == 0 ? "" : ",").Append('"').Append(JsonEncodedText.Encode(arguments[i].Name).Value).Append("\":").Append(values[i]);
        return json.Append('}').ToString();
    }

    /// <summary>JSON, or null.</summary>
    public string? Result(string? json, ref bool isRedacted, ref bool isCut) =>
        json is null ? null : Cut(RedactedJson.Write(json, _secrets, ref isRedacted), options.MaxResultBytes, ref isCut);

    private string Value(JobArgument argument, ref bool isRedacted)
    {
        if (!_secrets.IsSecret(argument.Name))
            return RedactedJson.Write(argument.Json, _secrets, ref isRedacted);
        isRedacted = true;
        return $"\"{RedactedJson.Mark}\"";
    }

    // Short arguments stay whole; what is left of the cap is shared by the long ones.
    private void Fit(string[] values, IReadOnlyList<JobArgument> arguments, ref bool isCut)
    {
        var sizes = Array.ConvertAll(values, Encoding.UTF8.GetByteCount);
        var room = Math.Max(0, options.MaxArgumentBytes - 2 - arguments.Sum(argument => Encoding.UTF8.GetByteCount(argument.Name) + 4));
        if (sizes.Sum() <= room)
            return;
        var share = room / values.Length;
        var isLong = Array.ConvertAll(sizes, size => size > share);
        var left = room - sizes.Where((_, i) => !isLong[i]).Sum();
        var each = Math.Max(ShortestCut, left / isLong.Count(one => one));
        for (var i = 0; i < values.Length; i++)
            values[i] = isLong[i] ? Cut(values[i], each, ref isCut) : values[i];
    }

    /// <summary>A long text becomes a shorter one; anything else becomes a text: the beginning of its JSON.</summary>
    private static string Cut(string json, int maxBytes, ref bool isCut)
    {
        if (json.Length * 3L <= maxBytes || Encoding.UTF8.GetByteCount(json) <= maxBytes)
            return json;
        isCut = true;
        var text = TextOf(json) ?? json;
        // Written as JSON again it grows by what is escaped in it.
        for (var room = Math.Max(ShortestCut, maxBytes - 2); ; room /= 2)
        {
            var cut = JsonSerializer.Serialize(CutText.To(text, room, ref isCut), JobJson.Arguments);
            if (room <= ShortestCut || Encoding.UTF8.GetByteCount(cut) <= maxBytes)
                return cut;
        }
    }

    private static string? TextOf(string json)
    {
        if (!json.StartsWith('"'))
            return null;
        try
        {
            return JsonSerializer.Deserialize<string>(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
