using System.Globalization;
using Npgsql;
using OpsConsole.Data.History;

namespace OpsConsole.Tests.Data.History;

/// <summary>A database with a history, and what tests ask it directly.</summary>
internal sealed class HistorySpace : IAsyncDisposable
{
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public DataSpace Data { get; } = new();

    public DateTimeOffset Now => Data.Time.GetUtcNow();

    public HistoryStore Store => Data.Get<HistoryStore>();

    public NpgsqlDataSource Database => Data.Get<HistoryDatabase>().Writing;

    public static async Task<HistorySpace> OpenAsync()
    {
        var space = new HistorySpace();
        await space.Data.InitializeAsync();
        return space;
    }

    /// <summary>Another console process on the same database.</summary>
    public HistoryStore OtherConsole() => new(Data.Get<HistoryDatabase>(), new PartitionStore(Data.Get<HistoryDatabase>(), Data.Time), [new AttemptTable()], Data.Time);

    public async Task<long> AcquireAsync() => (await Store.TryAcquireAsync("one", 60, Cancel))!.Epoch;

    public async Task<string?> AskAsync(string question)
    {
        await using var command = Database.CreateCommand(question);
        return Convert.ToString(await command.ExecuteScalarAsync(Cancel), CultureInfo.InvariantCulture);
    }

    public async Task<long> CountAsync() => long.Parse((await AskAsync("""SELECT count(*) FROM "Attempts" """))!, CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => Data.DisposeAsync();
}
