using System.Text;
using ClosedLoop.Data.Inbound;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Tokens;
using ClosedLoop.Responses.Inbound;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Responses.Tests.Inbound;

/// <summary>A mailing that went out, and the box its mail comes back to.</summary>
internal sealed class InboundTest : IAsyncDisposable
{
    private readonly SigningKeys _keys = new(SigningKey.Create(1), []);

    public InboundTest()
    {
        Options = new InboundOptions { Directory = Path.Combine(Data.FolderPath, "inbound"), Maildir = Path.Combine(Data.FolderPath, "maildir"), MaxMessageBytes = 100_000 };
        Store = new InboundStore(Data.Database, Data.Writer);
        Addresses = new AddressTokenCodec(_keys);
        Links = new TrackingTokenCodec(_keys);
        Counters = new BounceCounters(Data.Database, Data.Writer);
        Mailbox = new InboundMailbox(Store, Addresses, Links, Options, Data.Clock, NullLogger<InboundMailbox>.Instance);
    }

    public ResponseDatabase Data { get; } = new();

    public InboundOptions Options { get; init; }

    public InboundStore Store { get; }

    public BounceCounters Counters { get; }

    public AddressTokenCodec Addresses { get; }

    public TrackingTokenCodec Links { get; }

    public InboundMailbox Mailbox { get; }

    public string ReturnPath(MailingRow mailing, int sequence) => Addresses.ToString(TrackingTokenKind.Return, mailing.MailingId, sequence) + "@return.example.org";

    public string UnsubscribeAddress(MailingRow mailing, int sequence) => Addresses.ToString(TrackingTokenKind.UnsubscribeMail, mailing.MailingId, sequence) + "@return.example.org";

    public static byte[] Mail(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    public static byte[] Report(string to, string recipient = "ann@example.net", string status = "5.1.1", string action = "failed", string diagnostic = "550 5.1.1 user unknown", string returned = "Subject: News") => Mail($"""
        From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
        To: {to}
        Subject: Undelivered Mail Returned to Sender
        Content-Type: multipart/report; report-type=delivery-status; boundary=x

        --x

        It did not work.
        --x
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.net

        Final-Recipient: rfc822; {recipient}
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; {diagnostic}
        --x
        Content-Type: text/rfc822-headers

        {returned}
        --x--
        """);

    public long Responses(int? category = null) => Data.Scalar("SELECT COUNT(*) FROM response" + (category is { } c ? $" WHERE category = {c}" : ""));

    public ValueTask DisposeAsync() => Data.DisposeAsync();
}
