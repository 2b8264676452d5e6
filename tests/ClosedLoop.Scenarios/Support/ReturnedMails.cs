using System.Net.Http.Headers;
using System.Text;
using ClosedLoop.Mail.Sink;

namespace ClosedLoop.Scenarios.Support;

/// <summary>What a receiving mail system sends back for a message the sink took.</summary>
internal static class ReturnedMails
{
    /// <summary>A delivery report (RFC 3464) to the return path of the message.</summary>
    public static byte[] Bounce(SinkRecord record, string status = "5.1.1", string words = "550 5.1.1 user unknown") => Bytes($"""
        Delivered-To: {record.From}
        From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
        To: <{record.From}>
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <{Guid.NewGuid():N}@mx.example.org>
        Content-Type: multipart/report; report-type=delivery-status; boundary=x

        --x

        It could not be delivered.
        --x
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.org

        Final-Recipient: rfc822; {record.To[0]}
        Action: failed
        Status: {status}
        Diagnostic-Code: smtp; {words}
        --x--
        """);

    /// <summary>A mail of the recipient to any address.</summary>
    public static byte[] Letter(string from, string to, string headers) => Bytes($"From: {from}\nTo: {to}\nMessage-ID: <{Guid.NewGuid():N}@example.org>\n{headers}\n\nHello\n");

    /// <summary>What a relay's pipe does; true once the service has answered 202.</summary>
    public static async Task<bool> PostAsync(SiloProcess silo, byte[] mail, string key)
    {
        using var content = new ByteArrayContent(mail);
        content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        try
        {
            using var response = await silo.PostMailAsync(content, key);
            return response.StatusCode == System.Net.HttpStatusCode.Accepted;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
}
