using System.Net;
using System.Net.Sockets;

namespace OpsConsole.Bench;

/// <summary>Ports for servers that this program starts.</summary>
internal static class LoopbackPort
{
    // Below the range from which the system takes ports for outgoing connections: one of those could otherwise sit on the port of a
    // server that is started later, or between its death and its return.
    private const int First = 20_000;
    private const int Count = 12_000;
    private static readonly HashSet<int> s_given = [];

    /// <summary>A port that is free now and that this program has not been given before.</summary>
    public static int Free()
    {
        lock (s_given)
        {
            while (true)
            {
                var port = First + Random.Shared.Next(Count);
                if (s_given.Add(port) && IsFree(port))
                    return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
