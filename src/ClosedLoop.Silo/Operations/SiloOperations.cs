using ClosedLoop.Delivery;
using ClosedLoop.Operations;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Operator;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClosedLoop.Silo.Operations;

/// <summary>Brings dashboard and operator API what they need of the other stations.</summary>
internal static class SiloOperations
{
    public static OperationsOptions Add(IServiceCollection services, SiloSettings settings, IConfigurationRoot? configuration)
    {
        var access = OperatorAccess.Create(settings);
        var options = new OperationsOptions
        {
            Listen = settings.Operator.Listen,
            PublicListen = settings.Http.Listen,
            Address = settings.Operator.Address is { } address ? new Uri(address) : null,
            FirstAdmin = settings.Operator.FirstAdmin.ToOptions(),
            BehindTls = settings.Operator.BehindTls,
            Mode = settings.Delivery.Mode == DeliveryMode.Live ? "LIVE" : "SINK",
            KeysFolder = Path.Combine(settings.KeysPath, "web"),
            CommandLineToken = access.Token,
            DropFolder = settings.DropPath,
            ReturnedFolder = settings.InboundPath,
            BulkMost = settings.Operator.BulkLimit,
            SessionLength = TimeSpan.FromHours(settings.Operator.SessionHours),
            OpenId = settings.Operator.OpenId.ToOptions(),
            Settings = SettingsInForce.Of(settings, configuration),
            Licences = ThirdParty.All,
            Version = ProgramVersion.Text,
        };
        services.AddSingleton(access).AddSingleton(new SettingSources(configuration ?? new ConfigurationBuilder().Build()));
        services.AddSingleton<ISupportBundle, SupportFile>().AddSingleton<IKeyRing, KeyRing>().AddSingleton<IAlertRules, AlertRules>();
        services.AddSingleton<ITemplateBench, TemplateBench>().AddSingleton<ISinkBox, SinkBox>().AddSingleton<ILaneControl, LaneControl>().AddSingleton<IExportControl, ExportControl>()
            .AddSingleton<IMailingJournal, MailingJournal>().AddSingleton<IConnectors, OptimoveConnectors>().AddSingleton<IEngineFigures, EngineFigures>()
            .AddSingleton<IDeferrals, Deferrals>().AddSingleton<ISinkAudience, SinkAudience>().AddSingleton<ISinkReplay, SinkReplay>().AddSingleton<IPeople, People>();
        services.TryAddSingleton<IProcesses, OwnProcess>();
        services.AddOperations(options);
        return options;
    }

    /// <summary>Writes where the command line finds the service while it runs.</summary>
    public static void Announce(WebApplication app, SiloSettings settings)
    {
        var access = app.Services.GetRequiredService<OperatorAccess>();
        app.Lifetime.ApplicationStarted.Register(() => access.Write(settings));
        app.Lifetime.ApplicationStopped.Register(() => File.Delete(OperatorAccess.PathOf(settings)));
    }
}
