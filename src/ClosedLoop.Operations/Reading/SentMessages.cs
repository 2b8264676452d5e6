using ClosedLoop.Model;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Reading;

/// <summary>Messages as they were sent, rendered again.</summary>
internal sealed class SentMessages(ITemplateBench bench, Tables tables)
{
    public MailView Again(MessageStory story)
    {
        if (story.Mailing.ContentHash is null) return MailView.Faulty("Nothing was frozen for this mailing yet.");
        var fields = tables.First("SELECT fields FROM recipient WHERE mailing_id = $1 AND sequence = $2", reader => reader.GetFieldValue<byte[]>(0), story.Mailing.MailingId, story.Sequence);
        return fields is null
            ? MailView.Faulty("The recipient was given up to retention.")
            : bench.Again(story.Mailing, story.Sequence, story.Address, fields, Instants.FromMicroseconds(story.DoneAt ?? story.Mailing.CreatedAt));
    }
}
