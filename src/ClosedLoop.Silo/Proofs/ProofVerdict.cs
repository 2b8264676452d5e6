namespace ClosedLoop.Silo.Proofs;

/// <summary>What the verification of a proof came to.</summary>
/// <param name="Mailing">The mailing it tells of; 0 when it cannot be read.</param>
/// <param name="Entries">Recipients in it.</param>
/// <param name="Key">Fingerprint of the key that signed it; <c>null</c> when it has no signature that can be read.</param>
/// <param name="Faults">What is wrong; empty for a proof that holds.</param>
internal sealed record ProofVerdict(long Mailing, int Entries, string? Key, IReadOnlyList<ProofFault> Faults)
{
    public bool Ok => Faults.Count == 0;
}
