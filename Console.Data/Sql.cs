using Npgsql;
using NpgsqlTypes;

namespace OpsConsole.Data;

/// <summary>Typed parameters and columns for statements that are written by hand.</summary>
internal static class Sql
{
    public static NpgsqlParameter Of<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    public static void AddAll(this NpgsqlParameterCollection parameters, IEnumerable<NpgsqlParameter> all)
    {
        foreach (var parameter in all)
            parameters.Add(parameter);
    }

    public static NpgsqlParameter OfTime(DateTimeOffset? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = value is { } at ? at.UtcDateTime : DBNull.Value };

    /// <summary>A text, made storable.</summary>
    public static NpgsqlParameter OfText(string? value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)StoredText.Clean(value, int.MaxValue) ?? DBNull.Value };

    /// <summary>One array with a value for each row.</summary>
    public static NpgsqlParameter Column<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> value)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(rows[i]);
        return new NpgsqlParameter<T[]> { TypedValue = values };
    }

    /// <summary>A text for each row, made storable: one that is not would undo the work of all the others, each time anew.</summary>
    public static NpgsqlParameter Texts<TRow>(IReadOnlyList<TRow> rows, Func<TRow, string?> value)
    {
        var column = Column(rows, row => StoredText.Clean(value(row), int.MaxValue));
        column.NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text;
        return column;
    }

    public static NpgsqlParameter Times<TRow>(IReadOnlyList<TRow> rows, Func<TRow, DateTimeOffset?> value)
    {
        var column = Column(rows, row => value(row)?.UtcDateTime);
        column.NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz;
        return column;
    }

    public static DateTimeOffset GetTime(this NpgsqlDataReader row, int column) => new(row.GetDateTime(column));

    public static DateTimeOffset? GetTimeOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetTime(column);
}
