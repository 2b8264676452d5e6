using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Responses.Export.Csv;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>
/// The links file with one row per link (spec section 17.5, <c>export.links=shared</c>). A link is its place in the message, as it is in the ids of <see cref="LinksFile"/>;
/// what there is at a place is told by the first recipients of the mailing.
/// </summary>
internal static class SharedLinksFile
{
    /// <summary>Messages looked at: enough to tell what is personal about a target, few enough to cost nothing.</summary>
    private const int Looked = 100;

    public static void Write(ExportJob job, IRenderedLinks links, ExportCsvWriter output)
    {
        using var rendered = new RecipientLinks(job.Connection, links);
        var followed = FollowedLink.Of(job.Connection, job.Period).GroupBy(link => link.Mailing.MailingId)
            .ToDictionary(group => group.Key, group => group.DistinctBy(link => link.Ordinal).ToList());
        var mailings = job.Mailings.Where(mailing => mailing.Recipients == RecipientSelection.Everybody)
            .Concat(followed.Values.Select(group => group[0].Mailing)).DistinctBy(mailing => mailing.MailingId).OrderBy(mailing => mailing.LinkBase);
        foreach (var mailing in mailings)
        {
            var places = Places(job, mailing, rendered);
            var named = followed.GetValueOrDefault(mailing.MailingId) ?? [];
            foreach (var link in named.Where(link => link.Ordinal > 0 && !places.ContainsKey(link.Ordinal)))
            {
                rendered.Render(mailing, link.Sequence);
                if (link.Ordinal <= rendered.Current.Count) places.Add(link.Ordinal, new SharedLink(rendered.Current[link.Ordinal - 1]));
            }

            var ordinals = places.Keys.Concat(named.Select(link => link.Ordinal)).Concat(rendered.HasPixel(mailing) ? [0] : Array.Empty<int>());
            foreach (var ordinal in ordinals.Distinct().Order()) WriteRow(mailing, ordinal, places.GetValueOrDefault(ordinal), output);
        }
    }

    private static Dictionary<int, SharedLink> Places(ExportJob job, ListedMailing mailing, RecipientLinks rendered)
    {
        var places = new Dictionary<int, SharedLink>();
        using var cursor = new RecipientCursor(job.Connection, job.Period, mailing with { Recipients = RecipientSelection.Everybody }, withFields: true);
        for (var looked = 0; looked < Looked && cursor.Read();)
        {
            var status = cursor.StatusAt(job.Period.To);
            if (!status.HandedOver) continue;
            looked++;
            rendered.Render(mailing, cursor, status.State == RecipientState.Failed);
            for (var i = 0; i < rendered.Current.Count; i++)
            {
                if (places.TryGetValue(i + 1, out var place)) place.Compare(rendered.Current[i]);
                else places.Add(i + 1, new SharedLink(rendered.Current[i]));
            }
        }

        return places;
    }

    private static void WriteRow(ListedMailing mailing, int ordinal, SharedLink? link, ExportCsvWriter output)
    {
        output.Number(mailing.LinkId(0, ordinal));
        output.Number(mailing.MailingId);
        output.Null();
        output.Number(mailing.ClientId);
        output.Text(ordinal == 0 ? "OPEN" : link?.Name);
        output.Text(link?.Url);
        output.EndRow();
    }
}
