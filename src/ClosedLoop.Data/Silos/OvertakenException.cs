namespace ClosedLoop.Data.Silos;

/// <summary>Somebody else does this work now: a silo that took this one for dead. Nothing that was asked to be written under the hold was.</summary>
public sealed class OvertakenException(string work)
    : Exception($"CL6121: {work} is done by another silo now; what this one was about to do of it is dropped");
