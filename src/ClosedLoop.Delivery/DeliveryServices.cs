using ClosedLoop.Data.Channels;
using ClosedLoop.Data.Content;
using ClosedLoop.Data.Products;
using ClosedLoop.Data.Silos;
using ClosedLoop.Delivery.Channels;
using ClosedLoop.Delivery.Content;
using ClosedLoop.Delivery.Content.Codes;
using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Delivery.Notices;
using ClosedLoop.Delivery.Products;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Delivery.Sending;
using ClosedLoop.Delivery.Sending.Lanes;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Draining;
using Microsoft.Extensions.DependencyInjection;

namespace ClosedLoop.Delivery;

/// <summary>Puts the sending station together.</summary>
public static class DeliveryServices
{
    /// <summary>The hosted service that mails notices; of several silos one runs it.</summary>
    public static Type NoticeService => typeof(NoticeSender);

    /// <summary>Keeps limits together with other silos on the same database (<see cref="DeliveryOptions.SharedLimits"/>).</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="silo">Name of this process among the others.</param>
    /// <param name="lease">How long a part is given for.</param>
    public static IServiceCollection AddSharedLimits(this IServiceCollection services, Func<IServiceProvider, string> silo, TimeSpan lease) => services
        .AddSingleton<LimitShareStore>()
        .AddHostedService(provider => ActivatorUtilities.CreateInstance<LimitSharing>(provider, silo(provider), lease));

    public static IServiceCollection AddDelivery(this IServiceCollection services, DeliveryOptions options) => services
        .AddSingleton(options)
        .AddSingleton<DeliveryStatistics>()
        .AddSingleton<DrainSwitch>()
        .AddSingleton(options.ContentFetch)
        .AddSingleton<ContentFetcher>()
        .AddSingleton<IReferencedContent, ReferencedContent>()
        .AddSingleton<ICodedContent, CodedContents>()
        .AddSingleton<DispatchRunStore>()
        .AddSingleton<RecipientContentStore>()
        .AddSingleton<DispatchRuns>()
        .AddSingleton<ProductReader>()
        .AddSingleton(new ProductCacheLimits())
        .AddSingleton<ProductDataSets>()
        .AddSingleton<IProductUse, ProductUse>()
        .AddSingleton<IFieldUse, FieldUse>()
        .AddSingleton<CompiledMailings>()
        .AddSingleton<DkimSigners>()
        .AddSingleton<MessageComposition>()
        .AddSingleton<InDoubtWindow>()
        .AddSingleton<RetrySchedule>()
        .AddSingleton<RelayPools>()
        .AddSingleton<ConnectionTracer>()
        .AddHostedService(provider => provider.GetRequiredService<ConnectionTracer>())
        .AddSingleton<DeliveryLanes>()
        .AddSingleton<IDeliveryLanes>(provider => provider.GetRequiredService<DeliveryLanes>())
        .AddSingleton<NoticeSender>()
        .AddHostedService(provider => provider.GetRequiredService<NoticeSender>())
        .AddSingleton<IContentJudge, ContentJudge>()
        .AddSingleton<IRenderedLinks, RenderedLinks>()
        .AddSingleton<IMessageReplay, MessageReplay>()
        .AddSingleton<OutcomeRecorder>()
        .AddSingleton<MailBatchSender>()
        .AddSingleton<ReceiptStore>()
        .AddSingleton<ChannelTransports>()
        .AddSingleton<ChannelBatchSender>()
        .AddSingleton<SmppKeeper>()
        .AddHostedService(provider => provider.GetRequiredService<SmppKeeper>())
        .AddSingleton<IBatchSender, BatchSender>();

    /// <summary>A client's providers of SMS and push, as lanes name them: <c>sms-twilio</c>, <c>push-fcm</c>, …</summary>
    public static IEnumerable<string> ProvidersOf(ClientDefinition client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return ChannelTransports.ProvidersOf(client);
    }
}
