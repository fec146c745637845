using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Files;

/// <summary>
/// Reads a file of schedules: an object with the list <c>schedules</c>, that list alone, or one definition. Each schedule is read by itself, so
/// that all faults are found at once and each is named by its row and line.
/// </summary>
internal ref struct ScheduleFileReader
{
    /// <summary>Largest file.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Newest form of files that this version reads.</summary>
    public const int Format = 1;

    private const int ExcerptLength = 100;
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 80 };

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly List<FileRow> _rows = [];
    private Utf8JsonReader _reader;
    private int _countedTo;
    private int _line = 1;

    private ScheduleFileReader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _reader = new Utf8JsonReader(bytes, Reading);
    }

    public static ScheduleFile Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (!Utf8.IsValid(bytes))
            return new ScheduleFile([], new FileFault("The file is not UTF-8 text. Save it as UTF-8 and choose it again."));
        var reader = new ScheduleFileReader(bytes);
        FileFault? fault;
        try
        {
            fault = reader.ReadAll();
        }
        catch (JsonException e)
        {
            fault = Broken(bytes, e);
        }
        return new ScheduleFile(reader._rows, fault);
    }

    private FileFault? ReadAll()
    {
        if (_bytes.Trim(" \t\r\n"u8).IsEmpty)
            return new FileFault("The file is empty. Choose a file of schedules.");
        _reader.Read();
        var fault = _reader.TokenType switch
        {
            JsonTokenType.StartArray => ReadRows(),
            JsonTokenType.StartObject when IsDefinition(_reader) => ReadRow(),
            JsonTokenType.StartObject => ReadFile(),
            _ => Fault("A file of schedules is an object with the list \"schedules\", or such a list alone."),
        };
        // What follows the last brace is read too, so that nothing is left out in silence.
        while (fault is null && _reader.Read()) { }
        return fault;
    }

    private FileFault? ReadFile()
    {
        var hasRows = false;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var isFormat = _reader.ValueTextEquals("format"u8);
            var isRows = _reader.ValueTextEquals("schedules"u8);
            if (!isFormat && !isRows)
                return Fault("There is no such member in a file of schedules; known are format and schedules.");
            if (isRows && hasRows)
                return Fault("The list \"schedules\" stands there twice; put all schedules into one.");
            _reader.Read();
            if ((isFormat ? ReadFormat() : ReadRows()) is { } fault)
                return fault;
            hasRows |= isRows;
        }
        return hasRows ? null : new FileFault("The file has no list \"schedules\".");
    }

    private readonly FileFault? ReadFormat() => _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out var format) && format == Format
        ? null
        : Fault($"This console reads files of format {Format}; this one has another. Export it from a console of this version.");

    private FileFault? ReadRows()
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
            return Fault("\"schedules\" is a list, in brackets.");
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadRow() is { } fault)
                return fault;
        }
        return null;
    }

    private FileFault? ReadRow()
    {
        var line = LineOf((int)_reader.TokenStartIndex);
        if (_rows.Count == ScheduleLimits.Bulk)
            return new FileFault($"There are more than {ScheduleLimits.Bulk:N0} schedules in the file, which is the most for one import. Split it.", line);
        using var json = JsonDocument.ParseValue(ref _reader);
        _rows.Add(RowOf(_rows.Count + 1, line, json.RootElement));
        return null;
    }

    private static FileRow RowOf(int row, int line, JsonElement json)
    {
        var name = ShapeCheck.MemberText(json, "name") ?? "";
        var problems = ShapeCheck.Of(json);
        if (problems.Count > 0)
            return new FileRow(row, line, name, null, problems);
        try
        {
            return new FileRow(row, line, name, ScheduleJson.ReadStrictly(json), []);
        }
        catch (JsonException e)
        {
            return new FileRow(row, line, name, null, [new DefinitionProblem(e.Path?.TrimStart('$', '.') ?? "", Reason(e))]);
        }
    }

    /// <summary>Whether an object is one definition: such a file is what the editor shows as JSON.</summary>
    private static bool IsDefinition(Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
            return false;
        foreach (var name in Shape.Definition.Members.Keys)
        {
            if (reader.ValueTextEquals(name))
                return true;
        }
        return false;
    }

    private int LineOf(int position)
    {
        _line += _bytes[_countedTo..position].Count((byte)'\n');
        _countedTo = position;
        return _line;
    }

    private readonly FileFault Fault(string message) => At(_bytes, (int)_reader.TokenStartIndex, message);

    private static FileFault Broken(ReadOnlySpan<byte> bytes, JsonException e)
    {
        var start = 0;
        for (var line = e.LineNumber ?? 0; line > 0 && start < bytes.Length; line--)
            start += bytes[start..].IndexOf((byte)'\n') + 1;
        return At(bytes, (int)Math.Min(bytes.Length, start + (e.BytePositionInLine ?? 0)), "This is no valid JSON: " + Reason(e));
    }

    private static FileFault At(ReadOnlySpan<byte> bytes, int position, string message)
    {
        var start = bytes[..position].LastIndexOf((byte)'\n') + 1;
        var rest = bytes[position..];
        var end = rest.IndexOf((byte)'\n') is >= 0 and var next ? position + next : bytes.Length;
        var before = Encoding.UTF8.GetString(bytes[start..position]);
        var after = Encoding.UTF8.GetString(bytes[position..end]).TrimEnd('\r');
        var excerpt = (before.Length > ExcerptLength / 2 ? "…" + before[^(ExcerptLength / 2)..] : before) + (after.Length > ExcerptLength / 2 ? after[..(ExcerptLength / 2)] + "…" : after);
        return new FileFault(message, bytes[..position].Count((byte)'\n') + 1, before.Length + 1, excerpt.Trim());
    }

    /// <summary>The reader's own words, without the place, which is said apart.</summary>
    private static string Reason(JsonException e)
    {
        var message = e.Message;
        foreach (var place in new[] { "Path:", "LineNumber:" })
            message = message.IndexOf(place, StringComparison.Ordinal) is > 0 and var end ? message[..end] : message;
        return message.TrimEnd(' ', '|');
    }
}
