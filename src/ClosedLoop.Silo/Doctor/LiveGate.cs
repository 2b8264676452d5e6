using ClosedLoop.Data.Clients;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Doctor;

/// <summary>Keeps mode Live from starting with something missing, and says at each start what is done without. Before all stations.</summary>
internal sealed partial class LiveGate(SiloSettings settings, DefinitionStore definitions, ILogger<LiveGate> logger) : IHostedService
{
    /// <exception cref="SettingsException">Something is missing; all of it is listed.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var clients = definitions.Clients().Select(client => client.Value).ToList();
        var missing = LiveReadiness.Missing(settings, clients).ToList();
        if (missing.Count > 0) throw new SettingsException(missing);
        foreach (var advice in LiveReadiness.Advice(settings, clients)) LogAdvice(advice);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(9611, LogLevel.Warning, "mode Live: {Advice}; closedloop doctor looks at the rest")]
    private partial void LogAdvice(string advice);
}
