using ClosedLoop.Grains;

namespace ClosedLoop.Operations.Ports;

/// <summary>Connections to other systems, as far as they are built in.</summary>
public interface IConnectors
{
    /// <summary>What is connected and how it does.</summary>
    IReadOnlyList<ConnectorLine> All();

    /// <summary>One of them; <c>null</c> when there is none of that name.</summary>
    ConnectorDetail? Find(string name);

    /// <summary>Tells the other system of our listeners again.</summary>
    Task<OperatorAnswer> RegisterAsync(string name);

    /// <summary>Takes listeners of ours back that nobody wants any more.</summary>
    /// <param name="name">The connection.</param>
    /// <param name="dryRun">Only says which.</param>
    Task<OperatorAnswer> CleanUpAsync(string name, bool dryRun);

    /// <summary>Sends again what was refused, or what is in doubt.</summary>
    /// <param name="name">The connection.</param>
    /// <param name="what"><c>dead-letters</c> or <c>in-doubt</c>.</param>
    Task<OperatorAnswer> ReplayAsync(string name, string what);

    /// <summary>Gives up what was refused.</summary>
    Task<OperatorAnswer> DropAsync(string name);
}
