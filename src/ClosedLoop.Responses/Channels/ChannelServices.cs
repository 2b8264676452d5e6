using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClosedLoop.Responses.Channels;

/// <summary>Puts the entries of receipts into a host.</summary>
public static class ChannelServices
{
    /// <summary>Needs the stores of the database and a clock.</summary>
    public static IServiceCollection AddChannelReceipts(this IServiceCollection services, ChannelOptions options) => services
        .AddSingleton(options)
        .AddSingleton<ReceiptEndpoints>();

    public static IEndpointRouteBuilder MapChannelReceipts(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var receipts = endpoints.ServiceProvider.GetRequiredService<ReceiptEndpoints>();

        // As delegates of their own type: as RequestDelegates their results would be thrown away.
        endpoints.MapPost("/channels/sms/{client}/twilio/{reference?}", (Delegate)receipts.TwilioAsync);
        endpoints.MapPost("/channels/sms/{client}/twilio/inbound", (Delegate)receipts.TwilioInboundAsync);
        endpoints.MapPost("/channels/sms/{client}/receipt/{reference?}", (Delegate)receipts.GatewayAsync);
        return endpoints;
    }
}
