using System.Text;
using ClosedLoop.Data;
using ClosedLoop.Data.Products;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Products;

namespace ClosedLoop.Delivery.Tests.Products;

/// <summary>A sending station with a small catalogue, mapping and recommendations.</summary>
internal sealed class ProductFixture : IAsyncDisposable
{
    private readonly DeliveryFixture _delivery = DeliveryFixture.Start();

    private ProductFixture() => Client = _delivery.Client with
    {
        List = ListDefinition.Default with { Fields = [.. ListDefinition.Default.Fields, new() { Name = "product_id", DisplayName = "Product", Content = FieldContent.ProductId }] },
    };

    public ClientDefinition Client { get; }

    public DeliveryFixture Delivery => _delivery;

    public static async Task<ProductFixture> StartAsync()
    {
        var fixture = new ProductFixture();
        await fixture.LoadAsync(ProductKind.Products, Product("P-1", "Cup & saucer", "https://shop.example/p/1"), Product("P-2", "Pot", "https://shop.example/p/2"), Product("P-3", "Lid", ""), Product("P-0", "Voucher", "https://shop.example/v"));
        await fixture.LoadAsync(ProductKind.Recommendations, Ids("P-1", "P-3,P-2"));
        await fixture.LoadAsync(ProductKind.Mapping, Ids("mapped@a.example", "P-2"));
        return fixture;
    }

    public static ProductRow Product(string id, string name, string url)
    {
        var values = new string?[ProductColumns.All.Count];
        values[ProductColumns.IndexOf("name")] = name;
        values[ProductColumns.IndexOf("link1Url")] = url;
        return new ProductRow(id, ProductBody.Pack(values));
    }

    public static ProductRow Ids(string id, string ids) => new(id, Encoding.UTF8.GetBytes(ids));

    /// <summary>Replaces one kind of product data.</summary>
    public async Task LoadAsync(ProductKind kind, params ProductRow[] rows)
    {
        var store = _delivery.Get<ProductStore>();
        var version = await store.BeginAsync(Client.Id);
        await store.WriteAsync(Client.Id, kind, version, rows);
        await store.EndMissingAsync(Client.Id, kind, version, id => rows.Any(row => row.Id == id));
        await store.PublishAsync(Client.Id, kind, version, 1, new ProductCounts(rows.Length, rows.Sum(row => row.Body.Length)));
    }

    /// <summary>Sends to one recipient with these ids.</summary>
    public async Task<Sent> SendAsync(string html, string ids = "P-1", string missing = "omit", string? fallback = null, TemplateDialect dialect = TemplateDialect.Liquid, string? function = null, string address = "ada@a.example")
    {
        var source = new SourceMailing
        {
            Id = 71,
            ClientId = Client.Id,
            Name = "products",
            Dialect = dialect,
            Subject = "s",
            Html = html,
            Functions = function is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["Line"] = function },
        };
        _delivery.Products = new FrozenProducts { Version = _delivery.Get<ProductStore>().Current(Client.Id), Missing = missing, FallbackId = fallback };
        _delivery.ValueOf = (column, _) => column == "product_id" ? ids : null;
        var mailing = await _delivery.MailingAsync(source, Client, address);
        var due = _delivery.Ledger.ReadDue(mailing.MailingId, Client.Id, 0, 1, long.MaxValue, 1, Client.Bounce).Single();
        string[] Links() => [.. _delivery.Get<IRenderedLinks>().Of(mailing.ContentHash!, mailing.MailingId, 0, mailing.RecipientId(0), due.Address, due.Fields).Select(link => $"{link.Name} {link.Url}")];
        var before = _delivery.Received.Count;
        await _delivery.SendAsync(mailing);
        var received = _delivery.Received.Skip(before).SingleOrDefault();
        using var connection = _delivery.Get<Database>().OpenRead();
        using var statement = new Statement(connection, "SELECT reason FROM ledger WHERE mailing_id = $1 AND state <> 2");
        using var reader = statement.Query(mailing.MailingId);
        var reason = reader.Read() ? reader.GetString(0) : null;
        return new Sent(received is null ? null : MimeMessage.Parse(received.Raw).HtmlBody, reason, Links);
    }

    public ValueTask DisposeAsync() => _delivery.DisposeAsync();

    internal sealed record Sent(string? Html, string? Failure, Func<string[]> Links);
}
