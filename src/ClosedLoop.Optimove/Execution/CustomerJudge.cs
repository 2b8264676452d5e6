using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Optimove.Execution;

/// <summary>Decides for one customer whether he gets a message, and makes the recipient (optimove spec section 10.2).</summary>
internal sealed class CustomerJudge(TemplateBook templates, ProfileStore profiles)
{
    /// <summary>What is the same for all customers judged together.</summary>
    /// <param name="Client">The client, in the version its columns are written by.</param>
    /// <param name="Definition">The connector.</param>
    /// <param name="Medium">The channel's medium.</param>
    /// <param name="Known">Profiles of the customers, by the ids as they came.</param>
    public sealed record Circumstances(
        Versioned<ClientDefinition> Client, OptimoveDefinition Definition, OptimoveMedium Medium, IReadOnlyDictionary<string, Profile> Known)
    {
        public Dictionary<int, Versioned<SourceMailing>?> Sources { get; } = [];
    }

    /// <param name="with">Circumstances.</param>
    /// <param name="customer">The customer's id, trimmed.</param>
    /// <param name="templateId">Number of the template; null when none that can be read was given.</param>
    /// <param name="dueAt">Microseconds; 0 for at once.</param>
    /// <param name="parameters">Values for the message.</param>
    /// <param name="promoCodes">Promotion codes.</param>
    public PlannedCustomer Judge(
        Circumstances with, string customer, int? templateId, long dueAt, IReadOnlyDictionary<string, string> parameters, IReadOnlyList<string> promoCodes)
    {
        var planned = new PlannedCustomer { Customer = customer, TemplateId = templateId ?? 0, State = SendState.Planned, DueAt = dueAt, Channel = TemplateBook.ChannelOf(with.Medium) };
        if (!with.Known.TryGetValue(customer, out var profile)) return planned with { State = SendState.UnknownUser };

        // From here on under the id the client gave: ids that differ in case only are one person where case says nothing.
        planned = planned with { Customer = profile.ExternalId };
        if (profile.ConsentTo(with.Medium) is var consent && (consent == Consent.OptedOut || (with.Definition.RequireOptIn && consent != Consent.OptedIn)))
            return planned with { State = SendState.Refused };
        if (Source(with, templateId) is not { } source) return planned with { State = SendState.UnknownTemplate };
        var addresses = Addresses(with.Client.Value.Id, with.Medium, profile);
        if (addresses.Count == 0) return planned with { State = SendState.NoAddress };
        return planned with
        {
            Source = (source.Value.Id, source.Version, source.Value.Name),
            Addresses = addresses,
            Fields = RecipientColumns.Write(
                with.Client.Value.List, source.Value.Id, with.Medium == OptimoveMedium.Email ? addresses[0] : null, profile, parameters, promoCodes),
        };
    }

    private Versioned<SourceMailing>? Source(Circumstances with, int? templateId)
    {
        if (templateId is not { } id) return null;
        if (!with.Sources.TryGetValue(id, out var source)) with.Sources.Add(id, source = templates.Find(with.Client.Value.Id, with.Definition, with.Medium, id));
        return source;
    }

    private IReadOnlyList<string> Addresses(long clientId, OptimoveMedium medium, Profile profile) => medium switch
    {
        OptimoveMedium.Email => profile.Email is { } mail && EmailAddress.TryNormalise(mail) is { } normal ? [normal] : [],
        OptimoveMedium.Sms => profile.Phone is { } phone && PhoneNumber.TryNormalise(phone) is { } number ? [number] : [],
        _ => [.. profiles.Devices(clientId, profile.ExternalId).Take(TriggerStore.MostAddresses).Select(device => $"{device.Platform}:{device.Token}")],
    };
}
