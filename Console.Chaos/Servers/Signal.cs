using System.Diagnostics;
using System.Globalization;

namespace OpsConsole.Chaos.Servers;

/// <summary>Sends signals to processes that this program has started.</summary>
internal static class Signal
{
    public static async Task SendAsync(int processId, string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, processId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
