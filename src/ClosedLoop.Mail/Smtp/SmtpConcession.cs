namespace ClosedLoop.Mail.Smtp;

/// <summary>What a connection goes without although it was wanted, because the server's end failed it.</summary>
public enum SmtpConcession
{
    /// <summary>The handshake failed and the mail goes in clear text: opportunistic TLS only (RFC 7435 section 3).</summary>
    ClearText,

    /// <summary>The server offers CHUNKING and does not know BDAT: DATA from now on.</summary>
    NoChunking,
}
