using ClosedLoop.Mail.Mime;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Tests.Rendering;

/// <summary>Sources in a vendor's language, sent to the sink.</summary>
public sealed class DialectTests
{
    [Fact]
    public async Task A_Campaign_source_is_personalised_and_its_links_are_tracked()
    {
        var content = await SendAsync(new SourceMailing
        {
            Id = 71,
            ClientId = 9,
            Name = "campaign",
            Dialect = TemplateDialect.Campaign,
            Subject = "For { first NAME } ({bmMailingId})",
            Html = "<style>p {color: red}</style><p title=\"{Greeting}\">{Greeting}{Unknown}</p><a href=\"https://shop.example/?n={First name}&amp;e={email}\">Shop {First name}</a><a href=\"{bmUnsubscribeUrl}\">Out</a>",
            Text = "{Greeting}: https://shop.example/{First name} {bmWebVersionUrl}.",
            Functions = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Greeting"] = """
                    <odr:set var="n" value="%{upper(user.data.firstname)}"/>
                    <odr:choose>
                      <odr:when test="%{not isEmpty(user.data.firstname) and n ne 'BOB'}">Dear <odr:out value="%{n} &amp; Co"/></odr:when>
                      <odr:otherwise>Hello</odr:otherwise>
                    </odr:choose>
                    """,
            },
        });

        Assert.StartsWith("For ada (", content.Subject, StringComparison.Ordinal);
        Assert.Contains("<style>p {color: red}</style><p title=\"Dear ADA &amp; Co\">Dear ADA &amp; Co{Unknown}</p>", content.Html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://t.example/c/", content.Html, StringComparison.Ordinal);
        Assert.Contains("\">Shop ada</a><a href=\"https://t.example/u/", content.Html, StringComparison.Ordinal);
        Assert.StartsWith("Dear ADA & Co: https://t.example/c/", content.Text, StringComparison.Ordinal);
        Assert.Equal(["Shop https://shop.example/?n=ada&e=ada%40a.example", "https://shop.example/ada https://shop.example/ada"], content.Links);
    }

    [Fact]
    public async Task A_Contactlab_source_is_personalised_and_its_link_codes_are_tracked()
    {
        var content = await SendAsync(new SourceMailing
        {
            Id = 71,
            ClientId = 9,
            Name = "contactlab",
            Dialect = TemplateDialect.Contactlab,
            Subject = "For ${FIRSTNAME}$, 100%",
            Html = "<p>${firstname}$ <{season}> <{other}> 5%</p><a href=\"%{https://shop.example/?q=${email}$}%\">Shop</a> <b>%{https://b.example/}%</b> <a href=\"https://c.example/\">C</a>",
            Text = "See ^{https://shop.example/?q=${firstname}$}^ or https://c.example/${firstname}$.",
            Notes = new Dictionary<string, string>(StringComparer.Ordinal) { ["season"] = "R&D ${email}$" },
        });

        Assert.Equal("For ada, 100%", content.Subject);
        Assert.Contains("<p>ada R&amp;D ${email}$ <{other}> 5%</p><a href=\"https://t.example/c/", content.Html, StringComparison.Ordinal);
        Assert.Contains("<b>https://t.example/c/", content.Html, StringComparison.Ordinal);
        Assert.StartsWith("See https://t.example/c/", content.Text, StringComparison.Ordinal);
        Assert.Equal(
            [
                "Shop https://shop.example/?q=ada%40a.example", "https://b.example/ https://b.example/", "C https://c.example/",
                "https://shop.example/?q=ada https://shop.example/?q=ada", "https://c.example/ada https://c.example/ada",
            ],
            content.Links);
    }

    private static async Task<(string Subject, string Html, string Text, string[] Links)> SendAsync(SourceMailing source)
    {
        await using var fixture = DeliveryFixture.Start();
        var mailing = await fixture.MailingAsync(source, fixture.Client, "ada@a.example");
        var due = fixture.Ledger.ReadDue(mailing.MailingId, 9, 0, 1, long.MaxValue, 1, fixture.Client.Bounce).Single();
        var links = fixture.Get<IRenderedLinks>().Of(mailing.ContentHash!, mailing.MailingId, 0, mailing.RecipientId(0), due.Address, due.Fields);
        await fixture.SendAsync(mailing);
        var message = MimeMessage.Parse(Assert.Single(fixture.Received).Raw);
        return (message.Headers["Subject"]!, message.HtmlBody!, message.TextBody!, [.. links.Select(link => $"{link.Name} {link.Url}")]);
    }
}
