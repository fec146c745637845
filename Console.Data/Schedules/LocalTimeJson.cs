using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Data.Schedules;

/// <summary>A local date and time, as short as it can be written; an offset is refused, for the zone is the schedule's.</summary>
internal sealed class LocalDateTimeJson : JsonConverter<DateTime>
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd"];

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
        && DateTime.TryParseExact(reader.GetString(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? local
            : throw new JsonException("A local date and time without an offset is wanted here, such as \"2026-12-24T18:30\".");

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(
            value.TimeOfDay.Ticks % TimeSpan.TicksPerMinute == 0 ? Formats[0] : value.Ticks % TimeSpan.TicksPerSecond == 0 ? Formats[1] : Formats[2],
            CultureInfo.InvariantCulture));
}

/// <summary>A local time of day.</summary>
internal sealed class LocalTimeJson : JsonConverter<TimeOnly>
{
    private static readonly string[] Formats = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
        && TimeOnly.TryParseExact(reader.GetString(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? local
            : throw new JsonException("A local time of day is wanted here, such as \"06:00\".");

    public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(
            value.Ticks % TimeSpan.TicksPerMinute == 0 ? Formats[0] : value.Ticks % TimeSpan.TicksPerSecond == 0 ? Formats[1] : Formats[2],
            CultureInfo.InvariantCulture));
}
