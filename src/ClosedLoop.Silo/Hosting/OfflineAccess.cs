using ClosedLoop.Data.Access;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Hosting;

/// <summary>
/// Users and keys without the service: the first of them are wanted before it runs, and one who is locked out of the dashboard has nothing else. Whoever may write to the
/// database may do all of this anyway; done here, it stands in the audit.
/// </summary>
internal sealed class OfflineAccess : IDisposable
{
    /// <summary>As commands stand in the audit.</summary>
    public static readonly Caller Caller = new("command line", OperatorRole.Admin, "command line", ClientId: null, Guid.NewGuid().ToString("N"));

    private readonly ServiceProvider _provider;

    private OfflineAccess(ServiceProvider provider) => _provider = provider;

    public AccessActions Actions => _provider.GetRequiredService<AccessActions>();

    public UserStore Users => _provider.GetRequiredService<UserStore>();

    public ApiKeyStore Keys => _provider.GetRequiredService<ApiKeyStore>();

    public string? ClientKey(long? id) => id is { } client ? _provider.GetRequiredService<Data.Clients.DefinitionStore>().FindClient(client)?.Value.Key : null;

    /// <exception cref="CommandException">There is no installation.</exception>
    public static OfflineAccess Open(SiloSettings settings)
    {
        if (!SiloDatabase.Exists(settings))
            throw new CommandException(ExitCode.NotFound, $"CL2007: there is no installation in {settings.DataPath}; run closedloop demo, or closedloop apply DIR first.");
        var services = new ServiceCollection();
        SiloHost.AddData(services, settings);
        services.AddSingleton<UserStore>().AddSingleton<ApiKeyStore>().AddSingleton<AuditStore>().AddSingleton<AlarmNoteStore>()
            .AddSingleton<Figures>().AddSingleton<AuditTrail>().AddSingleton<AccessActions>();
        return new OfflineAccess(services.BuildServiceProvider());
    }

    public void Dispose() => _provider.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
