namespace ClosedLoop.Model.Tokens;

/// <summary>What a token may be used for. The value is part of the signed bytes, so a token of one kind never passes as another.</summary>
public enum TrackingTokenKind
{
    /// <summary>The open pixel of one message.</summary>
    Open = 1,

    /// <summary>One tracked link of one message; the token carries its target.</summary>
    Click = 2,

    /// <summary>The unsubscribe page of one message.</summary>
    Unsubscribe = 3,

    /// <summary>The variable envelope sender (VERP) of one message, as the local part of an address.</summary>
    Return = 4,

    /// <summary>The <c>mailto:</c> form of <c>List-Unsubscribe</c> (RFC 2369 section 3.2), as the local part of an address.</summary>
    UnsubscribeMail = 5,
}
