using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Tests.Jobs.Worker;

public class LogScopeTests
{
    [Fact]
    public async Task Every_line_that_is_logged_within_a_job_names_it()
    {
        var lines = new LinesWithScope();
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync(services: services => services.AddLogging(logging => logging.AddProvider(lines)));

        var id = await space.EnqueueAsync(job => job.LogLine("hello"));
        await space.SeeAsync(JobEventKinds.Succeeded, id);

        var scope = Assert.Single(lines.Written, line => line.Text == "hello").Scope;
        Assert.Equal(id, scope["JobId"]);
        Assert.Equal("probe.log-line", scope["JobName"]);
        Assert.Equal(1, scope["Attempt"]);
        Assert.Equal("default", scope["Queue"]);
    }

    private sealed class LinesWithScope : ILoggerProvider, ISupportExternalScope, ILogger
    {
        private IExternalScopeProvider? _scopes;

        public ConcurrentQueue<(string Text, Dictionary<string, object?> Scope)> Written { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => _scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scope = new Dictionary<string, object?>();
            _scopes?.ForEachScope((entry, all) =>
            {
                foreach (var (name, value) in entry as IEnumerable<KeyValuePair<string, object?>> ?? [])
                    all[name] = value;
            }, scope);
            Written.Enqueue((formatter(state, exception), scope));
        }

        public void Dispose()
        {
        }
    }
}
