using ClosedLoop.Model.Clients;

namespace ClosedLoop.Operations.Ports;

/// <summary>Holds a client's way out, or one recipient domain of it.</summary>
public interface ILaneControl
{
    /// <summary>Sends nothing for a time; a duration of zero opens it at once.</summary>
    /// <returns>Name of the lane.</returns>
    Task<string> HoldAsync(ClientDefinition client, string? domain, TimeSpan duration, string reason);

    /// <summary>Sets the rate of a lane for a time, in place of the one in the client's definition.</summary>
    /// <returns>Name of the lane.</returns>
    Task<string> LimitAsync(ClientDefinition client, string? domain, double perSecond, TimeSpan duration, string reason, string setBy);

    /// <summary>Gives a lane its own rate back.</summary>
    /// <returns>Name of the lane, and whether a rate was set.</returns>
    Task<(string Lane, bool Done)> LiftAsync(ClientDefinition client, string? domain);

    /// <summary>A client's providers of SMS and push, each of which stands where a domain does.</summary>
    IEnumerable<string> ProvidersOf(ClientDefinition client);
}
