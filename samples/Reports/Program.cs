using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsConsole.Samples.Reports;
using OpsConsole.Samples.Reports.Documents;

using var host = ReportsHost.CreateBuilder(args).Build();
if (args is ["query", .. var words])
    return QueryCommand.Run(host.Services.GetRequiredService<DocumentIndex>(), words, Console.Out);

await host.RunAsync();
return 0;
