using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Silo.Definitions;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Definitions;

public sealed class ContentReferencesTests
{
    private static readonly ClientDefinition Client = new()
    {
        Id = 1,
        Key = "oak",
        Sender = new() { Address = "letters@example.org" },
        Content = new() { AllowedHosts = ["cms.example.com", "*.example.net"] },
    };

    [Fact]
    public void A_reference_to_an_allowed_host_is_in_order() =>
        Assert.Empty(MailingCheck.Faults(Mailing("https://cms.example.com/offer.html", "{{ content.offer }}{% if content.offer %}x{% endif %}"), Client));

    [Theory]
    [InlineData("https://other.example.com/", "content.offer.url: HostRefused: 'other.example.com' is not allowed")]
    [InlineData("https://user:pw@cms.example.com/", "content.offer.url: LoginRefused:")]
    [InlineData("ftp://cms.example.com/", "content.offer.url: SchemeRefused:")]
    [InlineData("https://cms.example.com/{{ firstname }}", "content.offer.url: AddressMalformed:")]
    [InlineData("offer.html", "content.offer.url: AddressMalformed:")]
    public void An_address_that_could_never_be_asked_is_refused(string url, string expected) =>
        Assert.StartsWith(expected, Assert.Single(MailingCheck.Faults(Mailing(url, "{{ content.offer }}"), Client)), StringComparison.Ordinal);

    [Fact]
    public void A_name_that_is_not_declared_is_refused() => Assert.Equal(
        "a template names content.offr, which is not declared; expected one of offer.",
        Assert.Single(MailingCheck.Faults(Mailing("https://cms.example.com/", "{{ content.offr }}"), Client)));

    [Fact]
    public void Names_number_dialect_and_columns_have_their_bounds()
    {
        var good = Mailing("https://cms.example.com/", "x");
        var reference = good.Content["offer"];
        var many = Enumerable.Range(0, 51).ToDictionary(i => $"n{i}", _ => reference, StringComparer.Ordinal);
        Assert.StartsWith("content has 51 entries", Assert.Single(MailingCheck.Faults(good with { Content = many }, Client)), StringComparison.Ordinal);
        Assert.StartsWith("content: 'a b' is no name", Assert.Single(MailingCheck.Faults(good with { Content = new Dictionary<string, ContentReference>(StringComparer.Ordinal) { ["a b"] = reference } }, Client)), StringComparison.Ordinal);
        Assert.StartsWith("content is declared, but the dialect", Assert.Single(MailingCheck.Faults(good with { Dialect = TemplateDialect.Campaign }, Client)), StringComparison.Ordinal);
        var list = new ListDefinition { Fields = [.. ListDefinition.Default.Fields, new FieldDefinition { Name = "content" }] };
        Assert.StartsWith("content is declared, but the list has a column", Assert.Single(MailingCheck.Faults(good, Client with { List = list })), StringComparison.Ordinal);
        Assert.Empty(MailingCheck.Faults(good with { Content = new Dictionary<string, ContentReference>(StringComparer.Ordinal), Html = "{{ content }}" }, Client with { List = list }));
    }

    [Fact]
    public void A_host_of_a_client_is_checked() =>
        Assert.Contains(ClientCheck.Faults(Client with { Content = new() { AllowedHosts = ["*"] } }), fault => fault.StartsWith("content.allowedHosts: '*' is no host", StringComparison.Ordinal));

    [Fact]
    public void A_definition_is_read_whole_and_another_kind_is_refused()
    {
        using var folder = new TempFolder();
        const string Allowed = """{ "id": 1, "key": "oak", "sender": { "address": "a@example.org" }, "content": { "allowedHosts": ["cms.example.com"] } }""";
        DefinitionFiles.Write(folder, Allowed, Definition("link"));
        Assert.Equal(ContentKind.Link, Assert.Single(DefinitionFolder.Read(folder.Path).Mailings).Content["offer"].Kind);

        DefinitionFiles.Write(folder, Allowed, Definition("image"));
        Assert.Contains("Expected text or link. Files that all recipients get go below attachments", Assert.Single(Assert.Throws<DefinitionException>(() => DefinitionFolder.Read(folder.Path)).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_of_errors_explains_every_fault()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "errors.md"));
        Assert.All(Enum.GetNames<ContentFault>(), name => Assert.Contains($"| `{name}` |", page, StringComparison.Ordinal));
    }

    private static string Definition(string kind) =>
        $$"""{ "id": 7, "name": "Spring", "subject": "Hello", "text": "body.txt.liquid", "content": { "offer": { "url": "https://cms.example.com/offer", "kind": "{{kind}}" } } }""";

    private static SourceMailing Mailing(string url, string html) => new()
    {
        Id = 7,
        ClientId = 1,
        Name = "Spring",
        Subject = "Hello",
        Html = html,
        Content = new Dictionary<string, ContentReference>(StringComparer.Ordinal) { ["offer"] = new() { Url = url } },
    };
}
