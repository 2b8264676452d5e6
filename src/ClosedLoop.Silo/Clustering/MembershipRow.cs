using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Silo.Clustering;

/// <summary>A silo in the membership table.</summary>
/// <param name="Address">IP address for the other silos.</param>
/// <param name="Port">Port for the other silos.</param>
/// <param name="Generation">Which of the silos that were at this address.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Host">Name of its machine.</param>
/// <param name="State">How it does, by the table.</param>
/// <param name="Since">When it started.</param>
/// <param name="SeenAt">When it last wrote that it is alive; it does so every ten seconds.</param>
internal sealed record MembershipRow(string Address, int Port, int Generation, string Name, string Host, ProcessState State, DateTimeOffset Since, DateTimeOffset SeenAt)
{
    /// <summary>Address and port as one text.</summary>
    public string Endpoint => $"{Address}:{Port}";
}
