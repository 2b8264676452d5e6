using System.Net.Sockets;
using System.Text;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Tells systemd when the service has started and when it stops (sd_notify(3)), where it asks for that by <c>NOTIFY_SOCKET</c>.</summary>
internal static class ServiceManager
{
    public const string Variable = "NOTIFY_SOCKET";

    public static void Follow(IHostApplicationLifetime lifetime)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } socket) return;
        lifetime.ApplicationStarted.Register(() => Tell(socket, "READY=1\nSTATUS=serving"));
        lifetime.ApplicationStopping.Register(() => Tell(socket, "STOPPING=1\nSTATUS=handing over what is claimed"));
    }

    private static void Tell(string name, string state)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

            // A name that begins with @ is one of the abstract name space, which begins with a zero.
            socket.Connect(new UnixDomainSocketEndPoint(name[0] == '@' ? '\0' + name[1..] : name));
            socket.Send(Encoding.UTF8.GetBytes(state));
        }
        catch (SocketException e)
        {
            // Whoever manages the service finds out by its own time-out; that is no reason not to serve.
            Console.Error.WriteLine($"CL9608: the service manager cannot be told '{state.Split('\n')[0]}' at {name}: {e.Message}");
        }
    }
}
