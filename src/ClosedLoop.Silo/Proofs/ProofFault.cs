namespace ClosedLoop.Silo.Proofs;

/// <summary>Something that is wrong with a proof.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Message">What was found and what was expected.</param>
internal sealed record ProofFault(string Code, string Message);
