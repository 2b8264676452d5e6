using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Silo.Definitions;

namespace ClosedLoop.Silo.Tests.Definitions;

public sealed class MailingCheckTests
{
    private static readonly ClientDefinition Client = new() { Id = 1, Key = "oak", Sender = new() { Address = "letters@example.org" } };

    private static readonly SourceMailing Good = new() { Id = 7, ClientId = 1, Name = "Spring", Subject = "Hello {{ firstname }}", Text = "Hello" };

    [Fact]
    public void Text_alone_and_html_alone_are_in_order()
    {
        Assert.Empty(MailingCheck.Faults(Good, Client));
        Assert.Empty(MailingCheck.Faults(Good with { Text = null, Html = "<p>Hello</p>" }, Client));
    }

    [Fact]
    public void A_mailing_needs_a_positive_id_and_a_part() => Assert.Equal(2, MailingCheck.Faults(Good with { Id = 0, Text = null }, Client).Count());

    [Theory]
    [InlineData("Hello\n{% render 'footer' %}", "text(2,4): LQ203: the partial 'footer', which cannot be found")]
    [InlineData("{% if firstname == 'x' %}{% include 'footer' %}{% endif %}", "text(1,29): LQ203: the partial 'footer', which cannot be found")]
    [InlineData("{% include firstname %}", "text(1,4): LQ203: 'include', which cannot be found")]
    public void A_partial_is_refused_since_there_are_none(string text, string expected)
    {
        var fault = Assert.Single(MailingCheck.Faults(Good with { Text = text }, Client));
        Assert.StartsWith(expected + "; expected a template without partials", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("subject", "{{ firstname", null, "Hello")]
    [InlineData("html", "Hello", "<p>\n{% if firstname %}</p>", null)]
    [InlineData("text", "Hello", null, "Hello\n\n{% endfor %}")]
    public void A_template_error_names_part_and_line(string part, string subject, string? html, string? text)
    {
        var fault = Assert.Single(MailingCheck.Faults(Good with { Subject = subject, Html = html, Text = text }, Client));
        Assert.Matches($@"^{part}\({(part == "subject" ? 1 : part == "html" ? 2 : 3)},\d+\): LQ\d{{3}}: ", fault);
    }
}
