namespace ClosedLoop.Delivery.Channels.Sms;

/// <summary>How the characters of a short message are coded.</summary>
public enum SmsAlphabet
{
    /// <summary>The GSM 7 bit default alphabet with its extension table (3GPP TS 23.038 section 6.2.1).</summary>
    Gsm7,

    /// <summary>Two octets for each UTF-16 unit, the higher one first.</summary>
    Ucs2,
}
