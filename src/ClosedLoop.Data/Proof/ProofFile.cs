namespace ClosedLoop.Data.Proof;

/// <summary>The file a mailing came from.</summary>
/// <param name="FileId">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">Hash of its content.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Records">Records read.</param>
/// <param name="Imported">Records taken over.</param>
/// <param name="Skipped">Records rejected, repeated or blocked.</param>
/// <param name="Mailings">Its mailings and how many recipients each accepted.</param>
/// <param name="Found">How many records the register keeps for each code; what is past its retention is gone.</param>
public sealed record ProofFile(
    long FileId, string Name, string Sha256, long Size, long Records, long Imported, long Skipped, IReadOnlyList<(long MailingId, long Accepted)> Mailings, IReadOnlyList<(string Code, long Records)> Found);
