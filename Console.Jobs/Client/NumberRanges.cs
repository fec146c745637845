using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace OpsConsole.Jobs.Client;

/// <summary>What fits into the whole-number types; a schema says only that a number is whole.</summary>
internal static class NumberRanges
{
    private static readonly Dictionary<string, (BigInteger Least, BigInteger Most)> Ranges = new(StringComparer.Ordinal)
    {
        ["System.SByte"] = (sbyte.MinValue, sbyte.MaxValue),
        ["System.Byte"] = (byte.MinValue, byte.MaxValue),
        ["System.Int16"] = (short.MinValue, short.MaxValue),
        ["System.UInt16"] = (ushort.MinValue, ushort.MaxValue),
        ["System.Int32"] = (int.MinValue, int.MaxValue),
        ["System.UInt32"] = (uint.MinValue, uint.MaxValue),
        ["System.Int64"] = (long.MinValue, long.MaxValue),
        ["System.UInt64"] = (ulong.MinValue, ulong.MaxValue),
    };

    public static string? FaultIn(string storedType, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number || !Ranges.TryGetValue(Underlying(storedType), out var range))
            return null;
        if (!BigInteger.TryParse(value.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return $"Expected a whole number, found {value.GetRawText()}.";
        return number < range.Least || number > range.Most ? $"Expected {range.Least} to {range.Most}, found {number}." : null;
    }

    private static string Underlying(string storedType)
    {
        var bare = Protocol.TypeKey.Bare(storedType);
        const string nullable = "System.Nullable`1[[";
        return bare.StartsWith(nullable, StringComparison.Ordinal) ? bare[nullable.Length..].TrimEnd(']') : bare;
    }
}
