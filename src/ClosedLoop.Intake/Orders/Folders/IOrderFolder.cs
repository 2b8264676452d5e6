using ClosedLoop.Intake.Zones;

namespace ClosedLoop.Intake.Orders.Folders;

/// <summary>The polled folder of an account (xml-delivery spec sections 2 and 3). The client writes there as well, so nothing in it is ever trusted twice: what is needed is copied.</summary>
public interface IOrderFolder
{
    /// <summary>Where it is, for operations: a host name, or <c>local</c>.</summary>
    string Host { get; }

    /// <summary>Plain files by name.</summary>
    Task<IReadOnlyList<ZoneEntry>> ListAsync(CancellationToken cancellation = default);

    /// <summary>Copies a file to a path of this machine, durably.</summary>
    /// <returns><c>false</c> when it is not there.</returns>
    /// <exception cref="Lists.ListFaultException">It is longer than <paramref name="maxBytes"/>.</exception>
    Task<bool> CopyAsync(string name, string path, long maxBytes, CancellationToken cancellation = default);

    /// <returns><c>false</c> when it was not there.</returns>
    Task<bool> DeleteAsync(string name, CancellationToken cancellation = default);

    /// <summary>Writes a file that appears whole, in the place of an earlier one of its name.</summary>
    Task PutAsync(string name, byte[] content, CancellationToken cancellation = default);

    /// <summary>Names of the plain files in a folder below; empty when it is missing.</summary>
    Task<IReadOnlyList<string>> ListBelowAsync(string folder, CancellationToken cancellation = default);

    /// <summary>Removes a file of a folder below, if it is there.</summary>
    Task DeleteBelowAsync(string folder, string name, CancellationToken cancellation = default);

    /// <summary>Moves a file into a folder below, which is made when it is missing; nothing happens when the file is not there.</summary>
    Task MoveAsync(string name, string folder, string newName, CancellationToken cancellation = default);
}
