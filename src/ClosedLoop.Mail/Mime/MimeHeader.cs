namespace ClosedLoop.Mail.Mime;

/// <summary>One field of a header block.</summary>
/// <param name="Name">As written.</param>
/// <param name="RawValue">Unfolded, encoded words left in.</param>
public sealed record MimeHeader(string Name, string RawValue)
{
    /// <summary>The value with encoded words decoded (RFC 2047).</summary>
    public string Value => EncodedWordDecoder.Decode(RawValue);
}
