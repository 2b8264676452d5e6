namespace ClosedLoop.Mail.Dkim;

/// <summary>The signing algorithms of RFC 6376 section 3.3 that RFC 8301 left, and of RFC 8463.</summary>
public enum DkimAlgorithm
{
    /// <summary><c>rsa-sha256</c>: every verifier knows it.</summary>
    RsaSha256,

    /// <summary><c>ed25519-sha256</c>: short and cheap; verifiers that do not know it see no signature, so it goes beside the other.</summary>
    Ed25519Sha256,
}
