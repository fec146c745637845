using System.Diagnostics;
using System.Globalization;

namespace OpsConsole.Chaos.Servers;

/// <summary>Sends signals to processes that this program has started.</summary>
internal static class Signal
{
    public static async Task SendAsync(int processId, string signal)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-" + signal, processId.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;
        // It may have ended by itself meanwhile.
        await kill.StandardError.ReadToEndAsync();
        await kill.WaitForExitAsync();
    }
}
