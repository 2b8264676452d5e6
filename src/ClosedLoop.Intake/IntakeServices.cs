using ClosedLoop.Data.Files;
using ClosedLoop.Data.Orders;
using ClosedLoop.Data.Products;
using ClosedLoop.Data.Silos;
using ClosedLoop.Intake.Files;
using ClosedLoop.Intake.Orders.Deliveries;
using ClosedLoop.Intake.Orders.Feedback;
using ClosedLoop.Intake.Orders.Folders;
using ClosedLoop.Intake.Orders.Operations;
using ClosedLoop.Intake.Products;
using ClosedLoop.Intake.Reports;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Draining;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake;

/// <summary>Puts the intake station into a host that has the stores and the grain engine.</summary>
public static class IntakeServices
{
    /// <summary>Registers the register, the intake and its drop zones; what is registered already stays.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="dropPath">Folder that holds the clients' zones.</param>
    public static IServiceCollection AddIntake(this IServiceCollection services, string dropPath)
    {
        services.TryAddSingleton<FileRegister>();
        services.TryAddSingleton(new IntakeOptions());
        services.TryAddSingleton<IDropZones>(provider => new DropZones(dropPath, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton<IIntakeSwitchboard, GrainSwitchboard>();
        services.TryAddSingleton<IStatusNotifier, LoggingNotifier>();
        services.TryAddSingleton<IIntakeRoom, EndlessRoom>();
        services.TryAddSingleton<DrainSwitch>();
        services.TryAddSingleton<LastFileReader>();
        services.TryAddSingleton<ProductStore>();
        services.TryAddSingleton<ProductPins>();
        services.TryAddSingleton<FileIntake>();
        services.TryAddSingleton<MailingLog>();
        return services;
    }

    /// <summary>Registers the intake of XML Delivery orders beside it.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="dropPath">Folder that holds the clients' zones.</param>
    /// <param name="options">Where private copies go, and bounds.</param>
    public static IServiceCollection AddOrders(this IServiceCollection services, string dropPath, OrderOptions options)
    {
        services.TryAddSingleton(options);
        services.TryAddSingleton<WorkHolds>();
        services.TryAddSingleton<OrderCopyStore>();
        services.AddHostedService<OrderCopyUpkeep>();
        services.TryAddSingleton<IOrderFolders>(provider => new OrderFolders(dropPath, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IOrderChannels, ClientChannels>();
        services.TryAddSingleton<DeliveryStarter>();
        services.TryAddSingleton<DeliveryDesk>();
        services.TryAddSingleton<ContactLoader>();
        services.TryAddSingleton<StatisticsReports>();
        services.TryAddSingleton<OrderFolderUpkeep>();
        services.TryAddSingleton<OrderIntake>();
        return services;
    }
}
