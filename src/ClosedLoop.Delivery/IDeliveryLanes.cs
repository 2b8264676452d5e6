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

    /// <summary>Sets the rate of a lane for a time, in place of the one in the client's definition.</summary>
    /// <param name="client">Whose mail.</param>
    /// <param name="domain">As in <see cref="HoldAsync"/>.</param>
    /// <param name="perSecond">Messages per second, above 0.</param>
    /// <param name="duration">From now.</param>
    /// <param name="reason">Why.</param>
    /// <param name="setBy">Who.</param>
    /// <returns>Name of the lane.</returns>
    Task<string> LimitAsync(ClientDefinition client, string? domain, double perSecond, TimeSpan duration, string reason, string setBy);

    /// <summary>Gives a lane its own rate back before the time is over.</summary>
    /// <returns>Name of the lane, and whether a rate was set.</returns>
    Task<(string Lane, bool Done)> LiftAsync(ClientDefinition client, string? domain);
}
