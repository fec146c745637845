using System.Threading.Channels;
using OpsConsole.Data.History;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.History;

/// <summary>
/// One time of holding the lease: reads, looks up and writes at the same time, each a step ahead of the next, and none further than its
/// buffer.
/// </summary>
internal sealed class IngestTerm(HistoryTerm term, IngestServices services, ILogger log)
{
    // With what is being built and what waits to be written, that is all that is in memory.
    private const int ReadAhead = 2;
    private readonly Channel<ReadEvents> _read = Channel.CreateBounded<ReadEvents>(new BoundedChannelOptions(ReadAhead) { SingleReader = true, SingleWriter = true });
    private readonly WriteBuffer _buffer = new();
    private readonly IngestProgress _progress = new(services.RedisNow, term.Position);

    /// <summary>Ends with <see cref="FencedException"/>, with the cancellation, or with what nobody foresaw.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var writer = new BatchWriter(services.Store, _buffer, _progress, services.Time, log);
        var keeper = new LeaseKeeper(term.Epoch, services.Store, services.Reader, _progress, services.Options.LeaseSeconds, services.Time, log);
        Task[] steps = [keeper.RunAsync(end.Token), ReadAsync(end.Token), BuildAsync(end.Token), writer.RunAsync(term.Epoch, end.Token)];
        var first = await Task.WhenAny(steps);
        await end.CancelAsync();
        await Task.WhenAll(steps).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // The reason comes before the cancellations that followed from it.
        await first;
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        await foreach (var read in new StreamFollower(services.Reader, services.Time, log).FollowAsync(term.Position, cancel))
        {
            _progress.Read(read.Events[0].At);
            await _read.Writer.WriteAsync(read, cancel);
        }
    }

    private async Task BuildAsync(CancellationToken cancel)
    {
        var builder = services.NewBuilder(log);
        var backOff = new BackOff();
        await foreach (var read in _read.Reader.ReadAllAsync(cancel))
        {
            BuiltEvents? built;
            while ((built = await TryBuildAsync(builder, read, backOff, cancel)) is null)
            {
                await backOff.WaitAsync(services.Time, cancel);
                cancel.ThrowIfCancellationRequested();
            }
            backOff.Reset();
            await _buffer.AddAsync(built, cancel);
        }
    }

    private async Task<BuiltEvents?> TryBuildAsync(EventBuilder builder, ReadEvents read, BackOff backOff, CancellationToken cancel)
    {
        try
        {
            return await builder.BuildAsync(read, cancel);
        }
        catch (JobStorageException e) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning("The history cannot look up jobs: {Cause} Trying again in {Delay}.", e.Message, backOff.Next);
            return null;
        }
    }
}
