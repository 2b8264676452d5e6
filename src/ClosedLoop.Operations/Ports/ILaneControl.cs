using ClosedLoop.Model.Clients;

namespace ClosedLoop.Operations.Ports;

/// <summary>Holds a client's way out, or one recipient domain of it.</summary>
public interface ILaneControl
{
    /// <summary>Sends nothing for a time; a duration of zero opens it at once.</summary>
    /// <returns>Name of the lane.</returns>
    Task<string> HoldAsync(ClientDefinition client, string? domain, TimeSpan duration, string reason);

    /// <summary>A client's providers of SMS and push, each of which stands where a domain does.</summary>
    IEnumerable<string> ProvidersOf(ClientDefinition client);
}
