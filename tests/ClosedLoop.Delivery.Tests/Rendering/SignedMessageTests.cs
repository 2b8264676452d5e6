using System.Buffers;
using System.Text;
using ClosedLoop.Mail.Dkim;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery.Tests.Rendering;

public sealed class SignedMessageTests
{
    internal const string Pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";

    private static async Task<string> SentAsync(string senderAddress, params string[] signingDomains)
    {
        var signers = signingDomains.ToDictionary(domain => domain, domain => new DkimSigner([DkimKey.FromPem(domain, "s1", Pem)]), StringComparer.OrdinalIgnoreCase);
        await using var delivery = DeliveryFixture.Start(signers: signers);
        var client = delivery.Client with { Sender = new SenderSettings { Address = senderAddress } };
        var mailing = await delivery.MailingAsync(DeliveryFixture.Source(html: "<p>Grüße {{ firstname }}</p>", text: "Grüße"), client, "anna@a.example");
        await delivery.SendAsync(mailing);
        return Encoding.Latin1.GetString(Assert.Single(delivery.Received).Raw.Span);
    }

    [Theory]
    [InlineData("news@sender.example", "sender.example")]
    [InlineData("news@SENDER.example", "sender.example")]
    [InlineData("news@mail.shop.sender.example", "sender.example")]
    [InlineData("news@xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("news@bücher.example", "xn--bcher-kva.example")]
    public async Task Mail_is_signed_with_the_key_of_the_sender_s_domain(string address, string domain)
    {
        var message = await SentAsync(address, domain, "other.example");

        Assert.StartsWith("DKIM-Signature: ", message, StringComparison.Ordinal);
        Assert.Contains($"\r\n d={domain};\r\n s=s1;", message, StringComparison.Ordinal);

        // The signature over what follows it is the signer's own, so nothing was changed behind it.
        var rest = message[message.IndexOf("\r\nDate: ", StringComparison.Ordinal)..][2..];
        var again = new ArrayBufferWriter<byte>();
        using var key = DkimKey.FromPem(domain, "s1", Pem);
        var time = long.Parse(message[(message.IndexOf("t=", StringComparison.Ordinal) + 2)..].Split(';')[0], System.Globalization.CultureInfo.InvariantCulture);
        new DkimSigner([key]).Sign(Encoding.Latin1.GetBytes(rest), DateTimeOffset.FromUnixTimeSeconds(time), again);
        Assert.Equal(message, Encoding.Latin1.GetString(again.WrittenSpan) + rest);
    }

    [Fact]
    public async Task Signed_mail_is_seven_bit_and_names_its_feedback_group()
    {
        var message = await SentAsync("news@sender.example", "sender.example");
        var parsed = MimeMessage.Parse(Encoding.Latin1.GetBytes(message));

        Assert.True(Ascii.IsValid(message));
        Assert.Matches("^[0-9]+:9:mailing:closedloop$", parsed.Headers["Feedback-ID"]);
        Assert.Equal("List-Unsubscribe=One-Click", parsed.Headers["List-Unsubscribe-Post"]);
        Assert.Contains("List-Unsubscribe:List-Unsubscribe", message.Replace("\r\n ", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("news@sender.example", "other.example")]
    [InlineData("news@sender.example", "mail.sender.example")]
    [InlineData("news@evilsender.example", "sender.example")]
    public async Task Mail_of_a_domain_without_a_key_goes_unsigned(string address, string domain) =>
        Assert.StartsWith("Date: ", await SentAsync(address, domain), StringComparison.Ordinal);
}
