namespace ClosedLoop.Operations.Tests.OpenId;

/// <summary>What the issuer does wrong.</summary>
public enum IssuerFault
{
    None,
    WrongNonce,
    NoNonce,
    Expired,
    WrongAudience,
    WrongIssuer,
    UnknownKey,
    NotSigned,

    /// <summary>The claims are changed after they were signed.</summary>
    Tampered,

    /// <summary>The person says no, or may not.</summary>
    Denied,

    /// <summary>The endpoint that gives tokens for codes fails.</summary>
    NoToken,
}
