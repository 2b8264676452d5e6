using System.Globalization;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery.Tests.Fetching;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Delivery.Tests.Content;

/// <summary>A station, a server with content, and a client whose list holds addresses of it.</summary>
internal sealed class ContentMailing : IAsyncDisposable
{
    private ContentMailing(Server server, DeliveryFixture delivery)
    {
        Server = server;
        Delivery = delivery;
    }

    public Server Server { get; }

    public DeliveryFixture Delivery { get; }

    /// <summary>Teaser, shop link, photo and documents by address.</summary>
    public ClientDefinition Client => Delivery.Client with
    {
        List = new ListDefinition
        {
            Fields =
            [
                new FieldDefinition { Name = "email" }, new FieldDefinition { Name = "broadmail_id" }, new FieldDefinition { Name = "firstname", DisplayName = "First name" },
                new FieldDefinition { Name = "teaser", Type = FieldType.Text, Content = FieldContent.RefText },
                new FieldDefinition { Name = "shop", Content = FieldContent.RefLink },
                new FieldDefinition { Name = "photo", Content = FieldContent.RefImage },
                new FieldDefinition { Name = "documents", Type = FieldType.Text, Content = FieldContent.RefAttachment },
            ],
        },
        Content = new ContentSettings { AllowedHosts = [Server.Host] },
        Notify = new NotifySettings { To = ["ops@example.org"] },
    };

    /// <summary>A server that answers from a table: path to status, content type and body; what is not in it is not found.</summary>
    public static Task<ContentMailing> ServingAsync(Dictionary<string, (string Type, byte[] Body)> pages) => StartAsync(async context =>
    {
        if (!pages.TryGetValue(context.Request.Path.Value + context.Request.QueryString.Value, out var page))
        {
            context.Response.StatusCode = 404;
            return;
        }

        context.Response.ContentType = page.Type;
        await context.Response.Body.WriteAsync(page.Body);
    });

    public static async Task<ContentMailing> StartAsync(RequestDelegate answer)
    {
        var server = await Server.StartAsync(answer);
        return new ContentMailing(server, DeliveryFixture.Start(fetch: server.Options));
    }

    public Task<MailingRow> MailingAsync(SourceMailing source, ClientDefinition? client, params IReadOnlyList<Dictionary<string, string>> rows) =>
        Delivery.MailingAsync(source, client ?? Client, [.. rows.Select(WithAddress)], []);

    public Dictionary<string, string> Row(params (string Column, string Path)[] columns) =>
        columns.ToDictionary(each => each.Column, each => each.Path.StartsWith('/') ? string.Join(' ', each.Path.Split(' ').Select(path => Server.Url(path))) : each.Path, StringComparer.Ordinal);

    public Task<BatchResult> SendAsync(MailingRow mailing) => Delivery.SendAsync(mailing);

    public LedgerCounts Count(MailingRow mailing) => Delivery.Ledger.Count(mailing.MailingId);

    public MimeMessage Message(int number = 0) => MimeMessage.Parse(Delivery.Received.OrderBy(message => message.Record.To[0], StringComparer.Ordinal).ElementAt(number).Raw);

    public async ValueTask DisposeAsync()
    {
        await Delivery.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static Dictionary<string, string> WithAddress(Dictionary<string, string> row, int number) =>
        new(row, StringComparer.Ordinal) { ["email"] = string.Create(CultureInfo.InvariantCulture, $"reader.{number:000}@a.example") };
}
