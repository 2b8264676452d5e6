using ClosedLoop.Data.Inbound;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Operations.Reading;

/// <summary>Mail that came back, as it lies in the folder of the service.</summary>
internal sealed class ReturnedReader(Tables tables, InboundStore inbound, OperationsOptions options)
{
    public InboundMail? Find(long id) => inbound.Find(id);

    /// <summary>Octets of a returned mail; <c>null</c> when there is none of that number, or its time is over.</summary>
    public byte[]? Raw(long id) => inbound.Find(id)?.Path is { } path && Path.Combine(options.ReturnedFolder, path) is var file && File.Exists(file) ? File.ReadAllBytes(file) : null;

    /// <summary>How a mail is read now, as one of <see cref="ResponseMeaning.Names"/>: as the newest reading of the message's responses says, where it made one.</summary>
    public string MeaningOf(InboundMail mail)
    {
        var category = mail.MailingId is { } mailing
            ? tables.Read("SELECT category FROM response WHERE mailing_id = $1 AND sequence = $2 AND occurred_at = $3 AND overruled IS NULL ORDER BY ordinal DESC LIMIT 1",
                reader => (ResponseCategory?)reader.GetInt32(0), mailing, (long)mail.Sequence!.Value, mail.ReceivedAt).FirstOrDefault()
            : null;
        return ResponseMeaning.Names.FirstOrDefault(name => category is not null ? name.Value.Category == category : name.Value.Outcome == mail.Outcome && name.Value.Category is null).Key ?? "nothing";
    }

    /// <summary>A mail as a test case of the classifier; <c>null</c> when it is not there any more, or the reading is none.</summary>
    /// <param name="id">The mail.</param>
    /// <param name="meaning">How a person reads it; as it counts now when not given.</param>
    public byte[]? Case(long id, string? meaning) => inbound.Find(id) is { } mail && Raw(id) is { } raw && ResponseMeaning.Names.ContainsKey(meaning ??= MeaningOf(mail))
        ? ResponseCase.Of(id, raw, meaning, mail is { MailingId: { } mailing, Sequence: { } sequence } ? inbound.FindTarget(mailing, sequence)?.Address ?? "" : "")
        : null;
}
