using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Model.Delivery;

/// <summary>Gives the message of an order what its fetching codes name (xml-delivery spec section 10).</summary>
public interface ICodedContent
{
    /// <summary>Fetches what is the same for all recipients, and prepares what is not.</summary>
    /// <param name="content">The message with its codes.</param>
    /// <param name="hosts">Hosts of the account; with none every code is refused.</param>
    /// <param name="cancellation">Stops the requests.</param>
    /// <exception cref="ContentException">A code may not fetch, or its content cannot be had.</exception>
    Task<CodedMailing> FetchAsync(FrozenMailing content, IReadOnlyList<string> hosts, CancellationToken cancellation = default);
}
