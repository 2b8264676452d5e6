using System.Net.Sockets;
using ClosedLoop.Model.Testing;
using ClosedLoop.Responses.Spool;
using ClosedLoop.Silo.Clustering;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Starts the service and says in one line why it cannot.</summary>
internal static class SiloStart
{
    /// <inheritdoc cref="SiloHost.Build"/>
    /// <exception cref="CommandException">The data folder or a port is in use.</exception>
    public static async Task<WebApplication> RunAsync(
        SiloSettings settings, CancellationToken cancellation, Action<IServiceCollection>? configure = null, LogLevel logLevel = LogLevel.Information, IConfigurationRoot? configuration = null)
    {
        if (KillSwitch.IsMisread)
            throw new CommandException(ExitCode.Usage, $"CL3100: {KillSwitch.Variable} is '{KillSwitch.Order}'; expected NAME or NAME:N with one of {string.Join(", ", Enum.GetNames<KillPoint>())}.");
        if (KillSwitch.Order is { } order) await Console.Error.WriteLineAsync($"closedloop will kill itself at {order} ({KillSwitch.Variable}); this is for tests");
        WebApplication? app = null;
        try
        {
            app = SiloHost.Build(settings, configure, logLevel, configuration);
            await app.StartAsync(cancellation);
            return app;
        }
        catch (Exception e)
        {
            if (app is not null) await app.DisposeAsync();
            if (Explain(e, settings) is { } reason) throw new CommandException(ExitCode.Temporary, reason);
            throw;
        }
    }

    private static string? Explain(Exception e, SiloSettings settings) => e switch
    {
        // The spool is opened first, so that of two processes on one folder the second mostly ends here.
        SpoolException { Error: SpoolError.InUse } =>
            $"CL3003: the data folder {settings.DataPath} is in use by {LockFileOwner.HolderOf(settings.LockPath)}; one process serves one data folder.",
        ClusterRefusedException => e.Message,
        DatabaseInUseException => $"CL3003: {e.Message}",
        IOException or SocketException => $"CL2003: the service cannot start: {e.Message}",
        _ => null,
    };
}
