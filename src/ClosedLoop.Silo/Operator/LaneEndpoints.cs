using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Silo.Operator;

/// <summary>Holds a client's way out, or one recipient domain of it, and opens it again.</summary>
internal static class LaneEndpoints
{
    private const double LongestHold = 30 * 86_400;

    public static Task<IResult> HoldAsync(string key, string? domain, double seconds, string reason, IDeliveryLanes lanes, DefinitionStore definitions) =>
        definitions.OnClientAsync(key, async client =>
        {
            if (DomainFault(domain, client) is { } fault) return fault;
            if (seconds is not (> 0 and <= LongestHold)) return Results.Problem(statusCode: 400, title: "CL6003: a hold lasts more than nothing and at most 30 days");
            var lane = await lanes.HoldAsync(client, domain, TimeSpan.FromSeconds(seconds), "operator: " + reason);
            return Results.Ok(new OperatorAnswer(Done: true, string.Create(CultureInfo.InvariantCulture, $"{lane} is held for {TimeSpan.FromSeconds(seconds)}")));
        });

    public static Task<IResult> OpenAsync(
        string key, string? domain, IDeliveryLanes lanes, DefinitionStore definitions, MailingStore mailings, RecipientLedger ledger, IGrainFactory grains) =>
        definitions.OnClientAsync(key, async client =>
        {
            if (DomainFault(domain, client) is { } fault) return fault;
            var lane = await lanes.HoldAsync(client, domain, TimeSpan.Zero, "opened by the operator");
            var sending = mailings.InState(MailingState.Sending).Where(row => row.ClientId == client.Id).Select(row => row.MailingId).ToList();
            var hastened = await ledger.HastenAsync(sending, lane);
            foreach (var mailing in sending) await grains.GetGrain<IMailingGrain>(mailing.ToString(CultureInfo.InvariantCulture)).HastenAsync();
            return Results.Ok(new OperatorAnswer(Done: true, string.Create(CultureInfo.InvariantCulture, $"{lane} is open; {hastened} recipients need not wait longer")));
        });

    private static IResult? DomainFault(string? domain, ClientDefinition client) => domain is null || IsProvider(domain, client) || EmailAddress.TryNormalise("a@" + domain) is not null
        ? null
        : Results.Problem(statusCode: 400, title: $"CL6003: '{domain}' is no domain; expected a name such as example.com, or a provider of the client such as sms-twilio");

    /// <summary>A provider of SMS or push stands where a domain does.</summary>
    private static bool IsProvider(string name, ClientDefinition client) => DeliveryServices.ProvidersOf(client).Contains(name, StringComparer.Ordinal);
}
