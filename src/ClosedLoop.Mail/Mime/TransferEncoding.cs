namespace ClosedLoop.Mail.Mime;

/// <summary>Content-Transfer-Encoding of RFC 2045 section 6.</summary>
public enum TransferEncoding
{
    SevenBit,
    EightBit,
    QuotedPrintable,
    Base64,
}
