using ClosedLoop.Delivery.Linting;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Tests;

public sealed class ContentLintTests
{
    private static readonly SourceMailing Good = new()
    {
        Id = 7,
        ClientId = 1,
        Name = "Spring",
        Subject = "Hello {{ firstname }} {{ lastname }}",
        Html = "<p>{{ salutation }}</p><a href=\"{{ unsubscribe_url }}\">out</a>",
        Text = "Hello, {{ unsubscribe_url }}",
    };

    [Fact]
    public void A_mailing_in_order_gives_nothing() => Assert.Empty(Check(Good));

    [Theory]
    [InlineData(LintCode.LinkWithoutName, 2, 4, "<p>\n   <a href=\"https://a.example/\"><img src=\"https://a.example/x\" alt=\"\"></a>")]
    [InlineData(LintCode.LinkWithoutTarget, 1, 10, "<a href=\"#\">top</a>")]
    [InlineData(LintCode.UnsafeLink, 1, 10, "<a href=\"http://a.example/\">a</a>")]
    [InlineData(LintCode.ImageWithoutText, 1, 4, "<p><img src=\"https://a.example/x\">")]
    [InlineData("LW101", 1, 7, "<p>{{ fristname }}")]
    [InlineData("LW101", 1, 7, "<p>{{ recipient.nobody }}")]
    [InlineData("LW102", 1, 19, "<p>{{ firstname | upcse }}")]
    [InlineData("LW201", 1, 15, "<p onclick=\"{{ firstname }}\">")]
    [InlineData("LW105", 1, 17, "<p>{{ wave_id | product: 'nmae' }}")]
    [InlineData(LintCode.UnclosedProduct, 2, 2, "<p>\n <li data-product>{{ wave_id | product: 'name' }}")]
    [InlineData(LintCode.TooLarge, 0, 0, "{% for i in (1..20000) %}abcdef{% endfor %}")]
    [InlineData(LintCode.RenderFails, 1, 16, "{{ wave_id | divided_by: 0 }}")]
    public void A_doubtful_part_is_told_with_its_place(string code, int line, int column, string html)
    {
        var finding = Assert.Single(Check(Good with { Html = html + Good.Html }).DistinctBy(finding => finding.Code));
        Assert.Equal((code, "html", line), (finding.Code, finding.Part, finding.Line));
        if (code != LintCode.RenderFails) Assert.Equal(column, finding.Column);
        Assert.Equal(FindingSeverity.Warning, finding.Severity);
        Assert.NotEmpty(finding.Hint);
    }

    [Theory]
    [InlineData("<p>{% if firstname %}", "LQ102", 1, 7)]
    [InlineData("<a href=\"https://a.example/\">x</a>{% frob %}", "LQ103", 1, 38)]
    public void An_error_stands_where_its_author_wrote_it(string html, string code, int line, int column)
    {
        var finding = Assert.Single(Check(Good with { Html = html }));
        Assert.Equal((code, line, column, FindingSeverity.Error), (finding.Code, finding.Line, finding.Column, finding.Severity));
    }

    [Fact]
    public void A_mailing_tells_what_it_lacks()
    {
        var findings = Check(Good with { Subject = "", Text = null, Html = "<p>Hello</p>" });
        Assert.Equal(
            [LintCode.EmptySubject, LintCode.NoTextPart, LintCode.NoUnsubscribeLink, LintCode.UnusedColumn, LintCode.UnusedColumn, LintCode.UnusedColumn],
            findings.Select(finding => finding.Code));
        Assert.Equal(LintCode.SubjectWithLineBreak, Assert.Single(Check(Good with { Subject = Good.Subject + "\nb" })).Code);
    }

    [Fact]
    public void A_name_nobody_knows_is_an_error_where_the_client_wants_it()
    {
        var mailing = Good with { Dialect = TemplateDialect.Campaign, Html = "{nobody} {bmUnsubscribeUrl} {First name} {Last name} {Salutation}", Subject = "x", Text = "x" };
        Assert.Equal(("LW103", FindingSeverity.Warning), Pair(Assert.Single(Check(mailing))));
        var strict = Assert.Single(Check(mailing, unknownFails: true));
        Assert.Equal(("LW103", FindingSeverity.Error), Pair(strict));
        Assert.Contains("E402", strict.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{product:produkt:name}", "LW103", "W402")]
    [InlineData("{product:wave_id}", "LW103", "W402")]
    [InlineData("{product:wave_id#0:name}", "LW103", "W402")]
    [InlineData("{recommendation:wave_id#2:nmae}", "LW105", "W402")]
    public void A_product_placeholder_that_cannot_be_looked_up_is_told(string placeholder, string code, string warning)
    {
        var mailing = Good with { Dialect = TemplateDialect.Campaign, Html = $"{{product:wave_id:name}} {placeholder} {{bmUnsubscribeUrl}} {{First name}} {{Last name}} {{Salutation}}", Subject = "x", Text = "x" };
        var finding = Assert.Single(Check(mailing));
        Assert.Equal((code, FindingSeverity.Warning), Pair(finding));
        Assert.Contains(warning, finding.Message, StringComparison.Ordinal);
        Assert.Equal(FindingSeverity.Error, Assert.Single(Check(mailing, unknownFails: true)).Severity);
    }

    [Fact]
    public void Products_in_order_give_nothing() =>
        Assert.Empty(Check(Good with { Html = "<p data-product>{{ wave_id | product: 'name', 2 }}</p>" + Good.Html }));

    [Fact]
    public void A_part_alone_is_not_asked_for_what_a_mailing_needs() =>
        Assert.Empty(ContentLint.Check(Frozen(Good with { Subject = "", Text = null, Html = "<p>Hello</p>" }), rules: LintRules.Part));

    [Fact]
    public void Every_code_is_on_the_page()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "templates.md"));
        Assert.All(typeof(LintCode).GetFields(), field => Assert.Contains($"| `{field.GetRawConstantValue()}` |", page, StringComparison.Ordinal));
    }

    private static (string Code, FindingSeverity Severity) Pair(ContentFinding finding) => (finding.Code, finding.Severity);

    private static IReadOnlyList<ContentFinding> Check(SourceMailing mailing, bool unknownFails = false) => ContentLint.Check(Frozen(mailing), unknownFails);

    private static FrozenMailing Frozen(SourceMailing mailing) => FrozenMailing.Of(mailing, new SenderSettings { Address = "news@sender.example" }, ListDefinition.Default);
}
