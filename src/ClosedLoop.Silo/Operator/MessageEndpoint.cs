using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Delivery;
using ClosedLoop.Model;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Silo.Privacy;

namespace ClosedLoop.Silo.Operator;

/// <summary>Makes a message again, with the service's own keys and addresses.</summary>
internal static class MessageEndpoint
{
    public static IResult Make(MessageRequest request, MailingStore mailings, PersonReader people, IMessageReplay replay)
    {
        if (mailings.Find(request.Mailing) is not { } mailing) return Results.Problem(statusCode: 404, title: $"CL4003: mailing {request.Mailing} does not exist");
        if (AnyAddress.TryNormalise(request.Address) is not { } address || people.InMailing(mailing.MailingId, address) is not { } message)
            return Results.Problem(statusCode: 404, title: $"CL9606: nobody of that address is in mailing {request.Mailing}");
        var date = request.Date ?? (message.DoneAt is { } done ? Instants.FromMicroseconds(done) : DateTimeOffset.UtcNow);
        if (replay.Missing(mailing) is { } missing) return Results.Problem(statusCode: 409, title: missing);
        try
        {
            return Results.Bytes(replay.Again(mailing, message.Sequence, message.Address, message.Fields, date), "message/rfc822");
        }
        catch (Exception e) when (e is InvalidOperationException or Liquid.LiquidException or Mail.MailFormatException or InvalidDataException)
        {
            return Results.Problem(statusCode: 409, title: e.Message);
        }
    }
}
