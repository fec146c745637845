using OpsConsole.Jobs;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Configuration;
using OpsConsole.Web.Health;
using OpsConsole.Web.History;
using OpsConsole.Web.Jobs;
using OpsConsole.Web.Live;
using OpsConsole.Web.Operations;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Schedules;
using OpsConsole.Web.Shell;
using OpsConsole.Web.Telemetry;

var builder = WebApplication.CreateBuilder(args);
builder.AddConsole();
builder.Services.AddJobStorage(builder.Configuration.GetSection(JobStorageOptions.Section));
builder.Services.AddOperators(builder.Configuration);
builder.Services.AddLive();
builder.Services.AddJobPages();
builder.Services.AddSchedules();
builder.Services.AddHistory();
builder.Services.AddTelemetry();
builder.Services.AddOperations();
builder.Services.AddDetailedHealth();
builder.Services.AddShell();
// What people type comes in one message: 64 KB of arguments, a thousand holidays, pasted files.
builder.Services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.MaximumReceiveMessageSize = 1024 * 1024);

var app = builder.Build();
app.UseConsole();
app.MapStaticAssets().AllowAnonymous();
app.MapHealth();
app.MapDetailedHealth();
app.MapOperators();
app.MapSchedules();
app.MapTelemetry();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequirePermissionForCircuits();
app.Run();
