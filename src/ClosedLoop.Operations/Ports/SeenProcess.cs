namespace ClosedLoop.Operations.Ports;

/// <summary>A process of the installation as it was last seen.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Host">The machine it runs on, by its own word.</param>
/// <param name="Address">Where the others reach it; <c>null</c> when there are no others.</param>
/// <param name="Roles">What it does; <c>null</c> when nobody knows, as of one that has ended.</param>
/// <param name="Version">Version of its program; <c>null</c> when nobody knows.</param>
/// <param name="Since">When it started.</param>
/// <param name="SeenAt">Its last sign of life, by its own clock.</param>
/// <param name="State">How it does by what the installation has on record.</param>
/// <param name="IsThis">Whether it is the one that answers.</param>
public sealed record SeenProcess(
    string Name, string Host, string? Address, string? Roles, string? Version, DateTimeOffset Since, DateTimeOffset SeenAt, ProcessState State, bool IsThis);
