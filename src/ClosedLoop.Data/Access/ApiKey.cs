namespace ClosedLoop.Data.Access;

/// <summary>A key that programs use. Times in microseconds.</summary>
/// <param name="Id">The part of the key that may be shown.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Hash">SHA-256 of the secret part, lower-case hexadecimal.</param>
/// <param name="Role">The most it may do.</param>
/// <param name="ClientId">The only client it sees; <c>null</c> for all.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
/// <param name="UsedAt">About when it was used last.</param>
/// <param name="RevokedAt">When it was taken back.</param>
/// <param name="Person">The person for whom it stands where two people have to decide; <c>null</c> when no user made it.</param>
public sealed record ApiKey(
    string Id, string Name, string Hash, OperatorRole Role, long? ClientId, string CreatedBy, long CreatedAt, long? ExpiresAt, long? UsedAt, long? RevokedAt, string? Person = null);
