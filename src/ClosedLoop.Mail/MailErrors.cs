namespace ClosedLoop.Mail;

/// <summary>Stable codes of the faults this library reports before anything is sent.</summary>
public static class MailErrors
{
    /// <summary>An address is not a plain addr-spec of RFC 5321 section 4.1.2.</summary>
    public const string Address = "MAIL-ADDRESS";

    /// <summary>A header name or value would break the header block.</summary>
    public const string Header = "MAIL-HEADER";

    /// <summary>A header value is longer than the option <c>MaxHeaderLength</c>.</summary>
    public const string HeaderLength = "MAIL-HEADER-LENGTH";

    /// <summary>A Message-ID is not <c>&lt;left@right&gt;</c> of RFC 5322 section 3.6.4.</summary>
    public const string MessageId = "MAIL-MESSAGE-ID";

    /// <summary>An option of the mail library is out of its range.</summary>
    public const string Option = "MAIL-OPTION";

    /// <summary>A message to be read is larger than <c>MimeLimits.MaxMessageBytes</c>.</summary>
    public const string MessageSize = "MAIL-MESSAGE-SIZE";

    /// <summary>A DKIM key, or the domain or selector it is for, is not fit for use.</summary>
    public const string DkimKey = "MAIL-DKIM-KEY";

    /// <summary>An attachment's name, type or content cannot be written into a message.</summary>
    public const string Attachment = "MAIL-ATTACHMENT";
}
