using System.Globalization;
using System.Text;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Verdicts;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Silo.Privacy;

/// <summary>Puts together what is known of one address.</summary>
internal sealed class StoryTeller(
    DefinitionStore definitions, MailingStore mailings, FileRegister files, PersonReader people, ErasedPeople erased, Blocklist blocklist, LaneStore lanes, TimeProvider time)
{
    /// <param name="address">Normalised.</param>
    /// <param name="client">Key of one client; null for all.</param>
    public PersonStory Tell(string address, string? client = null)
    {
        var clients = definitions.Clients().Select(found => found.Value).Where(found => client is null || found.Key == client).ToList();
        var all = people.Messages(clients is [var only] ? only.Id : null, address);
        var here = clients.ConvertAll(one => At(one, address, [.. all.Where(message => message.ClientId == one.Id)]));
        var returned = people.Returned(address, client is null ? all : [.. all.Where(message => clients.Exists(one => one.Id == message.ClientId))]);
        return new PersonStory(address, time.GetUtcNow(), [.. here.Where(IsKnown)],
            [.. returned.Select(mail => new ReturnedMail(mail.Id, Instants.FromMicroseconds(mail.ReceivedAt), mail.Outcome.ToString(), mail.Sender, mail.Subject, mail.Path))]);
    }

    private static bool IsKnown(PersonAtClient client) => client.Erased || client.Messages.Count + client.Lists.Count + client.UnsubscribeLinks.Count > 0;

    private PersonAtClient At(ClientDefinition client, string address, IReadOnlyList<PersonMessage> messages)
    {
        var standing = people.Standing(client.Id, address);
        var pattern = blocklist.Patterns(client.Id).FirstOrDefault(entry => entry.Matches(address));
        var gone = erased.Contains(client.Id, address);
        return new PersonAtClient(
            client.Key, client.Id, Explanation.MayBeMailed(standing, gone, pattern, client.Bounce.HardLimit, client.Bounce.SoftLimit), gone,
            [.. Lists(standing, pattern)], people.UnsubscribeLinks(client.Id, address), [.. messages.Select(message => Of(message, Told(client, standing, pattern)))]);
    }

    private static IEnumerable<ListEntry> Lists(PersonStanding standing, AddressPattern? pattern)
    {
        foreach (var entry in standing.Suppressed) yield return new ListEntry(entry.Kind.ToString(), entry.Reason, entry.MailingId, Instants.FromMicroseconds(entry.RecordedAt));
        if (pattern is not null) yield return new ListEntry("BlockPattern", pattern.Text, Mailing: null, Since: null);
        if (standing.Untracked is { } why) yield return new ListEntry("Untracked", why, Mailing: null, Since: null);
        if (standing.HardBounces + standing.SoftBounces > 0)
            yield return new ListEntry("Bounces", string.Create(CultureInfo.InvariantCulture, $"{standing.HardBounces} hard, {standing.SoftBounces} soft"), Mailing: null, Since: null);
    }

    /// <summary>As the dashboard has it, so that both explain the same.</summary>
    private static Standing Told(ClientDefinition client, PersonStanding standing, AddressPattern? pattern)
    {
        var lines = standing.Suppressed.Select(entry => new SuppressionLine(entry.Kind == SuppressionKind.Blocked ? "blocked" : "unsubscribed", entry.Reason ?? "", entry.RecordedAt, entry.MailingId)).ToList();
        if (pattern is not null) lines.Add(new SuppressionLine("blocked", "blocklist", 0, MailingId: null, pattern.Text));
        return new Standing(client.Id, client.Key, lines, standing.HardBounces, standing.SoftBounces, client.Bounce.HardLimit, client.Bounce.SoftLimit, standing.Untracked is not null);
    }

    private StoryMessage Of(PersonMessage message, Standing standing)
    {
        var mailing = mailings.Find(message.MailingId)!;
        var list = definitions.FindClient(message.ClientId, mailing.ClientVersion)!.Value.List;
        return new StoryMessage(
            message.MailingId, mailing.Name, mailing.RecipientId(message.Sequence), message.Sequence, files.Find(message.FileId)?.Name, message.State.ToString(),
            Why.Of(new WhyFacts(mailing, message.State, message.Address, message.DueAt ?? 0, message.DoneAt, message.ReplyCode, message.Reason, standing), lanes.All, time.NowMicroseconds()), message.Attempt, message.DoneAt is { } done ? Instants.FromMicroseconds(done) : null, Columns(list, message.Fields),
            [.. Steps(message).OrderBy(step => step.At)], people.FetchedFrom(message.MailingId, message.Sequence));
    }

    private IEnumerable<StoryStep> Steps(PersonMessage message)
    {
        foreach (var past in people.Past(message.MailingId, message.Sequence).Where(past => past.DoneAt is not null))
            yield return new StoryStep(Instants.FromMicroseconds(past.DoneAt!.Value), past.IsSettled ? $"{past.State}, until the provider reported" : $"{past.State}, then sent again", past.Reason);
        if (message.DoneAt is { } done) yield return new StoryStep(Instants.FromMicroseconds(done), message.State.ToString(), message.Reason);
        foreach (var tracked in people.Events(message.MailingId, message.Sequence))
        {
            var what = (tracked.Verdict is { } one ? one != EventVerdict.Human : tracked.Automated) ? $"{tracked.Kind} by a program" : tracked.Kind.ToString();
            var verdict = tracked is { Verdict: { } judged, Score: { } score, Reasons: { } reasons } ? "; " + VerdictWords.Line(judged, score, reasons) : "";
            var link = tracked.Kind == TrackedEventKind.Click ? string.Create(CultureInfo.InvariantCulture, $"link {tracked.LinkOrdinal}; ") : "";
            yield return new StoryStep(Instants.FromMicroseconds(tracked.OccurredAt), what, $"{link}{tracked.Browser}, {tracked.Platform}, {tracked.Device}{verdict}");
        }

        foreach (var response in people.Responses(message.MailingId, message.Sequence))
            yield return new StoryStep(Instants.FromMicroseconds(response.OccurredAt), $"Response {response.Category} by {response.Origin}", response.Detail);
    }

    private static Dictionary<string, string?> Columns(ListDefinition list, byte[] fields)
    {
        var (starts, lengths) = (new int[list.Fields.Count], new int[list.Fields.Count]);
        RecipientFields.Index(fields, starts, lengths);
        var columns = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var i = 0; i < starts.Length; i++) columns[list.Fields[i].Name] = starts[i] < 0 ? null : Encoding.UTF8.GetString(fields, starts[i], lengths[i]);
        return columns;
    }
}
