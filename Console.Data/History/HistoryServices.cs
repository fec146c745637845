using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpsConsole.Data.Failures;
using OpsConsole.Data.Figures;
using OpsConsole.Data.Figures.Labels;
using OpsConsole.Data.History.Search;
using OpsConsole.Data.History.Search.Names;
using OpsConsole.Data.Operations;
using OpsConsole.Data.Views;

namespace OpsConsole.Data.History;

internal static class HistoryServices
{
    public static void AddHistory(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => new HistoryDatabase(connectionString));
        services.AddSingleton<HistoryStore>();
        services.AddSingleton<PartitionStore>();
        services.AddSingleton<GapStore>();
        services.AddSingleton<AttemptReader>();
        services.AddSingleton<DatabaseFactsReader>();
        services.TryAddSingleton(new HistoryRetention());
        services.AddSingleton<AttemptSearch>();
        // The parts of a batch, in the order in which they are written.
        services.AddSingleton<IHistoryPart, AttemptTable>();
        services.AddSingleton<IHistoryPart, NameWriter>();
        services.AddFigures();
        services.AddSingleton<IHistoryPart, GroupWriter>();
        services.AddLabels();

        services.AddSingleton<GroupStore>();
        services.AddSingleton<SavedViewStore>();
        services.AddOperations(connectionString);
    }
}
