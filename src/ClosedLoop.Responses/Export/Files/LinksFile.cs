using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Responses.Export.Csv;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>
/// Spec section 17.5: each tracked link and the pixel of everybody a listed mailing was handed over for, and whatever else
/// the clicks and opens of the run name. Two streams in the order of the link ids, merged: nothing is kept but one recipient.
/// </summary>
internal sealed class LinksFile : IDisposable
{
    private readonly ExportJob _job;
    private readonly ExportCsvWriter _output;
    private readonly RecipientLinks _links;

    private LinksFile(ExportJob job, IRenderedLinks links, ExportCsvWriter output)
    {
        (_job, _output) = (job, output);
        _links = new RecipientLinks(job.Connection, links);
    }

    public static void Write(ExportJob job, IRenderedLinks links, ExportCsvWriter output)
    {
        using var file = new LinksFile(job, links, output);
        using var followed = FollowedLink.Of(job.Connection, job.Period).GetEnumerator();
        var more = followed.MoveNext();

        // Who is listed again for a changed status got no new links.
        foreach (var mailing in job.Mailings.Where(mailing => mailing.Recipients == RecipientSelection.Everybody).OrderBy(mailing => mailing.LinkBase))
        {
            for (; more && followed.Current.Mailing.LinkBase < mailing.LinkBase; more = followed.MoveNext()) file.WriteFollowed(followed.Current);
            more = file.WriteHandedOver(mailing, followed, more);
        }

        for (; more; more = followed.MoveNext()) file.WriteFollowed(followed.Current);
    }

    public void Dispose() => _links.Dispose();

    private bool WriteHandedOver(ListedMailing mailing, IEnumerator<FollowedLink> followed, bool more)
    {
        using var cursor = new RecipientCursor(_job.Connection, _job.Period, mailing, withFields: true);
        var pixel = _links.HasPixel(mailing);
        while (cursor.Read())
        {
            // Who is claimed at that moment is left to the run that lists the end of the mailing.
            var status = cursor.StatusAt(_job.Period.To);
            if (!status.HandedOver) continue;
            var sequence = cursor.Sequence;
            for (; more && IsBefore(followed.Current, mailing, sequence); more = followed.MoveNext()) WriteFollowed(followed.Current);
            _links.Render(mailing, cursor, status.State == RecipientState.Failed);
            if (pixel) WriteLink(mailing, sequence, 0);
            for (var ordinal = 1; ordinal <= _links.Current.Count; ordinal++) WriteLink(mailing, sequence, ordinal);
            for (; more && IsBefore(followed.Current, mailing, sequence + 1); more = followed.MoveNext())
            {
                var ordinal = followed.Current.Ordinal;
                if (ordinal == 0 ? !pixel : ordinal > _links.Current.Count) WriteFollowed(followed.Current);
            }
        }

        return more;
    }

    private static bool IsBefore(in FollowedLink link, ListedMailing mailing, int sequence) =>
        link.Mailing.LinkBase == mailing.LinkBase && link.Sequence < sequence;

    private void WriteFollowed(in FollowedLink link)
    {
        if (link.Ordinal != 0) _links.Render(link.Mailing, link.Sequence);
        WriteLink(link.Mailing, link.Sequence, link.Ordinal);
    }

    private void WriteLink(ListedMailing mailing, int sequence, int ordinal)
    {
        _output.Number(mailing.LinkId(sequence, ordinal));
        _output.Number(mailing.MailingId);
        _output.Number(mailing.RecipientBase + sequence);
        _output.Number(mailing.ClientId);
        if (ordinal == 0)
        {
            _output.Word("OPEN"u8);
            _output.Null();
        }
        else
        {
            // A link that the frozen content does not have can only come from a damaged token; its row keeps the join of the clicks whole.
            var link = ordinal <= _links.Current.Count ? _links.Current[ordinal - 1] : default(RenderedLink?);
            _output.Text(link?.Name);
            _output.Text(link?.Url);
        }

        _output.EndRow();
    }
}
