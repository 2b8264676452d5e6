using System.Data.Common;
using ClosedLoop.Data;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>
/// Spec section 17.5: each tracked link and the pixel of everybody a listed mailing was handed over for, and whatever else
/// the clicks and opens of the run name. Two streams in the order of the link ids, merged: nothing is kept but one recipient.
/// </summary>
internal sealed class LinksFile : IDisposable
{
    private const string ListedSql = $"SELECT {LinkMailing.Columns} FROM mailing m WHERE {ExportPeriod.ListsMailing} ORDER BY m.link_base";

    private const string FollowedSql =
        $"""
        SELECT DISTINCT {LinkMailing.Columns}, e.sequence, e.link_ordinal
        FROM event e JOIN mailing m ON m.mailing_id = e.mailing_id
        WHERE e.client_id = $1 AND e.recorded > $2 AND e.recorded <= $3 AND e.kind IN ($4, $5) AND e.automated = 0 AND {ExportPeriod.NoTest}
        ORDER BY m.link_base, e.sequence, e.link_ordinal
        """;

    /// <summary>Sent, failed or in doubt by the cut-off. Who is claimed at that moment is left to the run that lists the end of the mailing.</summary>
    private const string HandedOverSql =
        $"""
        SELECT l.sequence, r.address, r.fields, {Recipients.State} AS as_of
        FROM mailing m {Recipients.Joins}
        WHERE m.mailing_id = $1 AND as_of IN (2, 3, 5)
        ORDER BY l.sequence
        """;

    private readonly DbConnection _connection;
    private readonly ExportPeriod _period;
    private readonly IRenderedLinks _links;
    private readonly ExportCsvWriter _output;
    private readonly Statement _recipient;
    private (long MailingId, int Sequence) _renderedFor = (0, -1);
    private IReadOnlyList<RenderedLink> _rendered = [];

    private LinksFile(DbConnection connection, ExportPeriod period, IRenderedLinks links, ExportCsvWriter output)
    {
        (_connection, _period, _links, _output) = (connection, period, links, output);
        _recipient = new Statement(connection, "SELECT address, fields FROM recipient WHERE mailing_id = $1 AND sequence = $2");
    }

    public static void Write(DbConnection connection, ExportPeriod period, IRenderedLinks links, ExportCsvWriter output)
    {
        using var file = new LinksFile(connection, period, links, output);
        using var statement = new Statement(connection, period.Sql(FollowedSql));
        using var reader = statement.Query(period.ClientId, period.From, period.To, (int)TrackedEventKind.Open, (int)TrackedEventKind.Click);
        using var followed = Followed(reader).GetEnumerator();
        var more = followed.MoveNext();
        foreach (var mailing in file.Listed())
        {
            for (; more && followed.Current.Mailing.LinkBase < mailing.LinkBase; more = followed.MoveNext()) file.WriteFollowed(followed.Current);
            more = file.WriteHandedOver(mailing, followed, more);
        }

        for (; more; more = followed.MoveNext()) file.WriteFollowed(followed.Current);
    }

    public void Dispose() => _recipient.Dispose();

    private List<LinkMailing> Listed()
    {
        using var statement = new Statement(_connection, _period.Sql(ListedSql));
        using var reader = _period.Query(statement);
        var mailings = new List<LinkMailing>();
        while (reader.Read()) mailings.Add(LinkMailing.Read(reader));
        return mailings;
    }

    private static IEnumerable<FollowedLink> Followed(DbDataReader reader)
    {
        while (reader.Read()) yield return new FollowedLink(LinkMailing.Read(reader), reader.GetInt32(5), reader.GetInt32(6));
    }

    private bool WriteHandedOver(LinkMailing mailing, IEnumerator<FollowedLink> followed, bool more)
    {
        using var statement = new Statement(_connection, HandedOverSql);
        using var reader = statement.Query(mailing.MailingId, _period.From, _period.To);
        var pixel = mailing.ContentHash is { } hash && _links.HasPixel(hash);
        while (reader.Read())
        {
            var sequence = reader.GetInt32(0);
            for (; more && IsBefore(followed.Current, mailing, sequence); more = followed.MoveNext()) WriteFollowed(followed.Current);
            Render(mailing, sequence, reader.GetString(1), reader.GetFieldValue<byte[]>(2), (RecipientState)reader.GetInt32(3));
            if (pixel) WritePixel(mailing, sequence);
            for (var ordinal = 1; ordinal <= _rendered.Count; ordinal++) WriteLink(mailing, sequence, ordinal);
            for (; more && IsBefore(followed.Current, mailing, sequence + 1); more = followed.MoveNext())
            {
                var ordinal = followed.Current.Ordinal;
                if (ordinal == 0 ? !pixel : ordinal > _rendered.Count) WriteFollowed(followed.Current);
            }
        }

        return more;
    }

    private static bool IsBefore(in FollowedLink link, in LinkMailing mailing, int sequence) =>
        link.Mailing.LinkBase == mailing.LinkBase && link.Sequence < sequence;

    private void WriteFollowed(in FollowedLink link)
    {
        if (link.Ordinal == 0)
        {
            WritePixel(link.Mailing, link.Sequence);
            return;
        }

        if (_renderedFor != (link.Mailing.MailingId, link.Sequence))
        {
            using var reader = _recipient.Query(link.Mailing.MailingId, link.Sequence);
            if (reader.Read()) Render(link.Mailing, link.Sequence, reader.GetString(0), reader.GetFieldValue<byte[]>(1), RecipientState.Sent);
        }

        WriteLink(link.Mailing, link.Sequence, link.Ordinal);
    }

    private void Render(in LinkMailing mailing, int sequence, string address, byte[] fields, RecipientState state)
    {
        _renderedFor = (mailing.MailingId, sequence);
        try
        {
            _rendered = mailing.ContentHash is { } hash ? _links.Of(hash, mailing.MailingId, sequence, address, fields) : [];
        }
#pragma warning disable CA1031 // a template may fail in any way for one person's values
        catch when (state == RecipientState.Failed)
#pragma warning restore CA1031
        {
            // The message could not be rendered then and cannot now: nobody got links, and one such row must not stop the file.
            _rendered = [];
        }
    }

    private void WritePixel(in LinkMailing mailing, int sequence) => WriteRow(mailing, sequence, 0, "OPEN", url: null);

    private void WriteLink(in LinkMailing mailing, int sequence, int ordinal)
    {
        // A link that the frozen content does not have can only come from a damaged token; its row keeps the join of the clicks whole.
        var link = ordinal <= _rendered.Count ? _rendered[ordinal - 1] : default(RenderedLink?);
        WriteRow(mailing, sequence, ordinal, link?.Name, link?.Url);
    }

    private void WriteRow(in LinkMailing mailing, int sequence, int ordinal, string? name, string? url)
    {
        _output.Number(mailing.LinkId(sequence, ordinal));
        _output.Number(mailing.MailingId);
        _output.Number(mailing.RecipientBase + sequence);
        _output.Number(mailing.ClientId);
        _output.Text(name);
        _output.Text(url);
        _output.EndRow();
    }
}
