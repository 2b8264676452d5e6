using System.Text;
using ClosedLoop.Mail.Dkim;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Tests.Content;

public sealed class MailingSenderTests
{
    private static async Task<(DeliveryFixture Delivery, MimeMessage? Message, string Raw)> SentAsync(SenderTemplates sender, string firstName, TemplateDialect dialect = TemplateDialect.Liquid)
    {
        var signers = new[] { "sender.example", "shops.example" }.ToDictionary(domain => domain, domain => new DkimSigner([DkimKey.FromPem(domain, "s1", Rendering.SignedMessageTests.Pem)]), StringComparer.OrdinalIgnoreCase);
        var delivery = DeliveryFixture.Start(signers: signers);
        var client = delivery.Client with { Sender = new SenderSettings { Address = "news@sender.example", Name = "House", AllowedDomains = ["shops.example"] } };
        var mailing = await delivery.MailingAsync(DeliveryFixture.Source() with { Sender = sender, Dialect = dialect, Subject = "x" }, client,
            [new(StringComparer.Ordinal) { ["email"] = "a@a.example", ["firstname"] = firstName }], []);
        await delivery.SendAsync(mailing);
        var raw = delivery.Received.Count == 0 ? null : delivery.Received[0].Raw.ToArray();
        return (delivery, raw is null ? null : MimeMessage.Parse(raw), raw is null ? "" : Encoding.Latin1.GetString(raw));
    }

    [Theory]
    [InlineData(TemplateDialect.Liquid, "{{ firstname }}@shops.example", "{{ firstname }} & Söhne", "answers+{{ firstname }}@else.example")]
    [InlineData(TemplateDialect.Campaign, "{First name}@shops.example", "{firstname} & Söhne", "answers+{ FirstName }@else.example")]
    [InlineData(TemplateDialect.Contactlab, "${firstname}$@shops.example", "${firstname}$ & Söhne", "answers+${firstname}$@else.example")]
    public async Task Placeholders_stand_in_name_sender_and_reply_to(TemplateDialect dialect, string address, string name, string replyTo)
    {
        var (delivery, message, raw) = await SentAsync(new SenderTemplates { Address = address, Name = name, ReplyTo = replyTo }, "ada", dialect);
        await using (delivery)
        {
            Assert.Equal("ada & Söhne <ada@shops.example>", message!.Headers["From"]);
            Assert.Equal("answers+ada@else.example", message.Headers["Reply-To"]);
            Assert.Contains("\r\n d=shops.example;", raw, StringComparison.Ordinal);
            Assert.EndsWith("@sender.example", delivery.Received[0].Record.From, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_the_same_for_all_is_written_once_and_the_rest_is_the_client_s()
    {
        var (delivery, message, _) = await SentAsync(new SenderTemplates { ReplyTo = "answers@else.example" }, "ada");
        await using (delivery)
        {
            Assert.Equal(("House <news@sender.example>", "answers@else.example"), (message!.Headers["From"], message.Headers["Reply-To"]));
        }
    }

    [Fact]
    public async Task Pieces_that_are_fixed_stand_beside_one_that_is_not()
    {
        var (delivery, message, _) = await SentAsync(new SenderTemplates { Address = "{{ firstname }}@sender.example", ReplyTo = "answers@else.example" }, "ada");
        await using (delivery)
        {
            Assert.Equal(("House <ada@sender.example>", "answers@else.example"), (message!.Headers["From"], message.Headers["Reply-To"]));
        }
    }

    [Theory]
    [InlineData("ada@evil.example", "CL2703")]
    [InlineData("ada@sub.shops.example", "CL2703")]
    [InlineData("no address", "CL2702")]
    [InlineData("a@sender.example, b@sender.example", "CL2702")]
    [InlineData("ada@evil.example\r\nBcc: x@sender.example", "CL2702")]
    [InlineData("", "CL2702")]
    public async Task A_sender_that_is_not_the_client_s_fails_the_recipient(string column, string code)
    {
        var (delivery, message, _) = await SentAsync(new SenderTemplates { Address = "{{ firstname }}" }, column);
        await using (delivery)
        {
            Assert.Null(message);
            using var connection = delivery.Get<ClosedLoop.Data.Database>().OpenRead();
            using var statement = new ClosedLoop.Data.Statement(connection, "SELECT COUNT(*) FROM ledger WHERE state = 3 AND reason LIKE $1");
            Assert.Equal(1, statement.Scalar($"L604 {code}:%"));
        }
    }

    [Fact]
    public async Task A_line_break_in_the_name_opens_no_header()
    {
        var (delivery, message, _) = await SentAsync(new SenderTemplates { Name = "{{ firstname }}", ReplyTo = "{% if firstname == 'x' %}a@b.example{% endif %}" }, "Ada\r\nBcc: x@y.example");
        await using (delivery)
        {
            Assert.Equal("\"AdaBcc: x@y.example\" <news@sender.example>", message!.Headers["From"]);
            Assert.Null(message.Headers["Reply-To"]);
            Assert.Null(message.Headers["Bcc"]);
        }
    }
}
