using ClosedLoop.Data.Content;
using ClosedLoop.Data.Products;
using ClosedLoop.Delivery.Content;
using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Delivery.Notices;
using ClosedLoop.Delivery.Products;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Delivery.Sending;
using ClosedLoop.Delivery.Sending.Lanes;
using ClosedLoop.Model.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace ClosedLoop.Delivery;

/// <summary>Puts the sending station together.</summary>
public static class DeliveryServices
{
    public static IServiceCollection AddDelivery(this IServiceCollection services, DeliveryOptions options) => services
        .AddSingleton(options)
        .AddSingleton<DeliveryStatistics>()
        .AddSingleton(options.ContentFetch)
        .AddSingleton<ContentFetcher>()
        .AddSingleton<IReferencedContent, ReferencedContent>()
        .AddSingleton<DispatchRunStore>()
        .AddSingleton<RecipientContentStore>()
        .AddSingleton<DispatchRuns>()
        .AddSingleton<ProductReader>()
        .AddSingleton(new ProductCacheLimits())
        .AddSingleton<ProductDataSets>()
        .AddSingleton<IProductUse, ProductUse>()
        .AddSingleton<CompiledMailings>()
        .AddSingleton<DkimSigners>()
        .AddSingleton<MessageComposition>()
        .AddSingleton(provider => new SentMessages(provider.GetRequiredService<CompiledMailings>(), provider.GetRequiredService<MessageComposition>(), provider.GetRequiredService<RecipientContentStore>()))
        .AddSingleton<InDoubtWindow>()
        .AddSingleton<RetrySchedule>()
        .AddSingleton<RelayPools>()
        .AddSingleton<DeliveryLanes>()
        .AddSingleton<IDeliveryLanes>(provider => provider.GetRequiredService<DeliveryLanes>())
        .AddSingleton<NoticeSender>()
        .AddHostedService(provider => provider.GetRequiredService<NoticeSender>())
        .AddSingleton<IRenderedLinks, RenderedLinks>()
        .AddSingleton<IBatchSender, MailBatchSender>();
}
