using System.Threading.Channels;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Looks every half minute, and at once when asked, for occurrences that are pending with nobody at work on them.</summary>
public sealed class RunSweep(RunnerTerm term, OpenRuns open, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Asks for a look now.</summary>
    public void Request() => _asked.Writer.TryWrite(true);

    /// <summary>At the start of a term: everything that is open.</summary>
    public Task FillAsync(CancellationToken cancel) => open.FillAsync(term, cancel);

    public Task TakeManualAsync(IReadOnlyCollection<Guid> schedules, CancellationToken cancel) => open.TakeManualAsync(term, schedules, cancel);

    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            using (var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel))
            {
                await Task.WhenAny(_asked.Reader.WaitToReadAsync(enough.Token).AsTask(), Task.Delay(Every, time, enough.Token));
                await enough.CancelAsync();
            }
            cancel.ThrowIfCancellationRequested();
            _asked.Reader.TryRead(out _);
            try
            {
                await open.SweepAsync(term, cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                log.LogWarning("Open occurrences could not be looked at: {Error} They are looked at again in {Seconds} s.", e.GetBaseException().Message, Every.TotalSeconds);
            }
        }
    }
}
