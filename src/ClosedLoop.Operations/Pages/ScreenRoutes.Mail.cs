using System.Text;
using ClosedLoop.Data.Access;
using ClosedLoop.Data.Inbound;
using ClosedLoop.Model;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Pages;

/// <summary>Screens that show a mail. Its HTML part is shown in a sandboxed frame, without scripts, forms and anything from elsewhere.</summary>
internal static partial class ScreenRoutes
{
    private const string MailPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    public static void MapMailScreens(this IEndpointRouteBuilder endpoints)
    {
        var screens = endpoints.MapGroup("").ExcludeFromDescription();
        foreach (var part in new[] { "html", "raw" }) MapParts(screens, part);
        screens.MapGet("/messages/{mailing:long}/{sequence:int}", MessageAsync);
        screens.MapGet("/sink", SinkAsync);
        screens.MapGet("/sink/{number:long}", SinkMailAsync);
        screens.MapGet("/responses/{id:long}", ReturnedAsync);
        screens.MapGet("/responses/{id:long}/case", async (HttpContext context, Screens show, ReturnedReader responses, long id, string? @as) =>
            Caller.Of(context).ClientId is null && responses.Case(id, @as) is { } archive ? Results.File(archive, "application/zip", FormattableString.Invariant($"case-{id}.zip")) : await show.NotFoundAsync(context, Id("Mail", id)))
            .Needs(OperatorRole.Operator);
        screens.MapGet("/previews/{id}", async (HttpContext context, Screens show, PreviewShelf shelf, string id) =>
            shelf.Find(id) is { } html ? Html(context, html) : await show.NotFoundAsync(context, "The preview"));
    }

    private static void MapParts(IEndpointRouteBuilder screens, string part)
    {
        screens.MapGet("/messages/{mailing:long}/{sequence:int}/" + part, async (HttpContext context, Screens show, RecipientReader recipients, SentMessages sent, long mailing, int sequence) =>
            recipients.Message(mailing, sequence, Caller.Of(context).ClientId) is { } story ? Part(context, sent.Again(story), part) : await show.NotFoundAsync(context, "The message"));
        screens.MapGet("/files/{id:long}/rows/{row:long}/" + part, async (HttpContext context, Screens show, FilesReader files, FileRowsReader rows, RowBench bench, long id, long row) =>
            files.IsSeen(id, Caller.Of(context)) && rows.Find(id, row) is { } found ? Part(context, bench.Render(found), part) : await show.NotFoundAsync(context, "The row"));
        screens.MapGet("/sink/{number:long}/" + part, async (HttpContext context, Screens show, ISinkBox sink, ITemplateBench bench, long number) =>
            Caller.Of(context).ClientId is null && sink.Raw(number) is { } raw ? Part(context, bench.Open(raw), part) : await show.NotFoundAsync(context, Id("Mail", number)));
        screens.MapGet("/responses/{id:long}/" + part, async (HttpContext context, Screens show, ReturnedReader responses, ITemplateBench bench, long id) =>
            Caller.Of(context).ClientId is null && responses.Raw(id) is { } raw ? Part(context, bench.Open(raw), part) : await show.NotFoundAsync(context, Id("Mail", id)));
    }

    private static async Task<IResult> MessageAsync(HttpContext context, Screens show, RecipientReader recipients, SentMessages sent, long mailing, int sequence)
    {
        if (recipients.Message(mailing, sequence, Caller.Of(context).ClientId) is not { } story) return await show.NotFoundAsync(context, "The message");
        return await show.ShowAsync<MessagePage>(context, "Message as sent", "recipients", new MessageModel(story, sent.Again(story), FormattableString.Invariant($"/messages/{mailing}/{sequence}")));
    }

    private static Task<IResult> SinkAsync(HttpContext context, Screens show, ISinkBox sink, string? search, long? before)
    {
        // Mail of all clients lies in one sink: a caller bound to one client sees none of it.
        if (Caller.Of(context).ClientId is not null) return show.FaultAsync(context, 403, "Not allowed", "The sink holds mail of all clients.");
        var mails = sink.IsThere ? sink.Page(before ?? long.MaxValue, PageSize + 1, search) : [];
        var next = mails.Count > PageSize ? mails[PageSize - 1].Number : (long?)null;
        return show.ShowAsync<SinkPage>(context, "Mail sink", "sink", new SinkModel(sink.IsThere, [.. mails.Take(PageSize)], search ?? "", next, before), null, null);
    }

    private static async Task<IResult> SinkMailAsync(HttpContext context, Screens show, ISinkBox sink, ISinkAudience audience, ITemplateBench bench, long number)
    {
        if (Caller.Of(context).ClientId is not null || sink.Find(number) is not { } mail || sink.Raw(number) is not { } raw) return await show.NotFoundAsync(context, Id("Mail", number));
        return await show.ShowAsync<MailPage>(context, mail.Subject ?? "Mail", "sink", new MailModel(
            Id("Mail", number), "/sink", "Mail sink", [("From", mail.From), ("To", mail.To), ("Size", Show.Bytes(mail.Bytes)), ("Taken", Show.At(Instants.ToMicroseconds(mail.At)))], bench.Open(raw), FormattableString.Invariant($"/sink/{number}"))
        { IsPlayed = audience.IsThere });
    }

    private static async Task<IResult> ReturnedAsync(HttpContext context, Screens show, ReturnedReader responses, ITemplateBench bench, long id)
    {
        if (Caller.Of(context).ClientId is not null || responses.Find(id) is not { } mail) return await show.NotFoundAsync(context, Id("Mail", id));
        var view = responses.Raw(id) is { } raw ? bench.Open(raw) : MailView.Faulty("Its time is over: the raw mail was removed.");
        return await show.ShowAsync<MailPage>(context, "Returned mail", "responses", new MailModel(
            "Returned mail", "/responses", "Responses",
            [("From", mail.Sender ?? "–"), ("To", mail.Recipient ?? "–"), ("Came by", mail.Source), ("Outcome", mail.Outcome.ToString()), ("Why", mail.Detail ?? "–"), ("Received", Show.At(mail.ReceivedAt))], view, FormattableString.Invariant($"/responses/{id}"))
        { Unbound = mail.Outcome == InboundOutcome.Unmatched ? mail.Id : null, Case = responses.Raw(id) is null ? null : responses.MeaningOf(mail) }, null, FormattableString.Invariant($"/api/v1/responses/returned/{id}"));
    }

    private static IResult Part(HttpContext context, MailView view, string part) => part == "html"
        ? Html(context, view.Html ?? "")
        : Results.File(view.Raw.ToArray(), "message/rfc822", "message.eml");

    private static IResult Html(HttpContext context, string html)
    {
        context.Response.Headers.ContentSecurityPolicy = MailPolicy;
        return Results.Text(html, "text/html", Encoding.UTF8);
    }
}
