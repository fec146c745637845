using Npgsql;
using NpgsqlTypes;

namespace OpsConsole.Data.History;

/// <summary>Writes the columns of an attempt in the order in which <see cref="AttemptTable"/> names them.</summary>
internal readonly struct AttemptCopy(NpgsqlBinaryImporter import, CancellationToken cancel)
{
    public async Task WriteAsync(AttemptRow row)
    {
        await WriteIdentityAsync(row);
        await WriteTimesAsync(row);
        await JsonAsync(row.Arguments);
        await JsonAsync(row.Result);
        await TextAsync(row.ErrorType);
        await TextAsync(row.ErrorMessage);
        await TextAsync(row.Stack);
        await TextAsync(row.Reason);
        await ValueAsync(row.Failure?.Id, NpgsqlDbType.Uuid);
        await WriteOriginAsync(row);
        await import.WriteAsync((short)row.Cut, NpgsqlDbType.Smallint, cancel);
        await import.WriteAsync(row.IsRedacted, NpgsqlDbType.Boolean, cancel);
    }

    private async Task WriteIdentityAsync(AttemptRow row)
    {
        await import.WriteAsync((short)row.Outcome.RetentionClass(), NpgsqlDbType.Smallint, cancel);
        await import.WriteAsync(row.EndedAt.UtcDateTime, NpgsqlDbType.TimestampTz, cancel);
        await import.WriteAsync(row.Sequence, NpgsqlDbType.Integer, cancel);
        foreach (var name in (string[])[row.JobId, row.Type, row.TypeName, row.Queue, row.Worker, row.Host, row.Version])
            await TextAsync(name);
        await import.WriteAsync((short)row.Outcome, NpgsqlDbType.Smallint, cancel);
        await import.WriteAsync(row.Attempt, NpgsqlDbType.Integer, cancel);
    }

    private async Task WriteTimesAsync(AttemptRow row)
    {
        await TimeAsync(row.CreatedAt);
        await TimeAsync(row.EnqueuedAt);
        await TimeAsync(row.StartedAt);
        await ValueAsync(row.WaitMs, NpgsqlDbType.Bigint);
        await ValueAsync(row.RunMs, NpgsqlDbType.Bigint);
    }

    private async Task WriteOriginAsync(AttemptRow row)
    {
        await ValueAsync(row.ScheduleId, NpgsqlDbType.Uuid);
        await TimeAsync(row.NominalAt);
        await TextAsync(row.Owner);
        await import.WriteAsync<string[]>([.. row.Tags], NpgsqlDbType.Array | NpgsqlDbType.Text, cancel);
        await TextAsync(row.ParentId);
    }

    private Task TextAsync(string? text) => text is null ? import.WriteNullAsync(cancel) : import.WriteAsync(text, NpgsqlDbType.Text, cancel);

    private Task JsonAsync(string? json) => json is null ? import.WriteNullAsync(cancel) : import.WriteAsync(json, NpgsqlDbType.Jsonb, cancel);

    private Task TimeAsync(DateTimeOffset? at) => ValueAsync(at?.UtcDateTime, NpgsqlDbType.TimestampTz);

    private Task ValueAsync<T>(T? value, NpgsqlDbType type) where T : struct =>
        value is { } known ? import.WriteAsync(known, type, cancel) : import.WriteNullAsync(cancel);
}
