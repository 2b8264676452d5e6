using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery;

/// <summary>What an operator may decide about the ways out.</summary>
public interface IDeliveryLanes
{
    /// <summary>Sends nothing to a client's relay, or to one domain behind it, for a time; a duration of zero opens it at once.</summary>
    /// <param name="client">Whose mail.</param>
    /// <param name="domain">Recipient domain, or a provider of SMS or push such as <c>sms-twilio</c>; <c>null</c> for all mail.</param>
    /// <param name="duration">From now.</param>
    /// <param name="reason">Shown with every recipient it holds up.</param>
    /// <returns>Name of the lane.</returns>
    Task<string> HoldAsync(ClientDefinition client, string? domain, TimeSpan duration, string reason);
}
