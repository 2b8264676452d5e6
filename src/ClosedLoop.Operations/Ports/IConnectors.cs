namespace ClosedLoop.Operations.Ports;

/// <summary>Connections to other systems, as far as they are built in.</summary>
public interface IConnectors
{
    /// <summary>What is connected and how it does.</summary>
    IReadOnlyList<ConnectorLine> All();

    /// <summary>Tells the other system of our listeners again.</summary>
    /// <returns>What was done; <c>null</c> when there is no such connector.</returns>
    Task<string?> RegisterAsync(string name);
}
