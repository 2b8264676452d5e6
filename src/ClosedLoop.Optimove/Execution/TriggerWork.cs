using System.Globalization;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Optimove.Inbound;

namespace ClosedLoop.Optimove.Execution;

/// <summary>
/// Event 11: one customer, at once (optimove spec section 10.3). Customers that came together are added together; what is slow – opening a mailing and freezing its content – is done
/// for the first one of a template only.
/// </summary>
internal sealed partial class TriggerWork(
    CustomerJudge judge, ProfileStore profiles, TriggerStore triggers, MailingStore mailings, SourceFreezer freezer, IFieldUse fieldUse, AttributeReads reads, IGrainFactory grains, ConnectorLog log,
    TimeProvider time)
{
    /// <summary>Standing mailings that this process has made sure of.</summary>
    private readonly HashSet<long> _started = [];

    /// <summary>Called when triggers that were left open can be worked on.</summary>
    public void WhenReady(Action wake) => reads.Arrived = wake;

    /// <returns>How many triggers were left open, because something of theirs is on its way.</returns>
    public async Task<int> RunAsync(ConnectorSession session, IReadOnlyList<StoredOptimoveEvent> events, CancellationToken cancellation)
    {
        var parsed = events.Select(call => (Call: call, Event: EventParser.Parse(call.Raw))).ToList();
        var judged = new List<NewTrigger>();
        foreach (var channel in parsed.GroupBy(item => item.Call.ChannelId))
        {
            var medium = session.Definition.Channels.FirstOrDefault(known => known.ChannelId == channel.Key)?.Medium;
            var known = profiles.Find(session.ClientId, channel.Select(item => item.Call.Customer!).ToHashSet(StringComparer.Ordinal), session.Definition.CaseInsensitiveIds);
            var with = new CustomerJudge.Circumstances(session.Client, session.Definition, medium ?? OptimoveMedium.Email, known);
            foreach (var (call, content) in channel)
            {
                if (await JudgeAsync(session, with, medium is not null, call, content, cancellation) is { } trigger) judged.Add(trigger);
            }
        }

        if (judged.Count == 0) return events.Count;

        var added = await triggers.AddAsync(session.ClientId, judged);
        foreach (var (mailing, slice) in added.Select(place => (place.MailingId, Slice: place.Sequence / BatchSlice.Size)).Distinct())
            await Mailing(mailing).ExtendedAsync(slice);
        return events.Count - judged.Count;
    }

    /// <summary>What a crash left standing is brought to where it takes and sends recipients.</summary>
    public async Task<int> CloseOldAsync(ConnectorSession session, TimeSpan age)
    {
        var closed = await triggers.CloseAsync(session.ClientId, time.NowMicroseconds() - (long)age.TotalMicroseconds);
        foreach (var mailing in closed)
        {
            _started.Remove(mailing);
            if (mailings.Find(mailing) is { ContentHash: not null }) await Mailing(mailing).StartAsync();
        }

        return closed.Count;
    }

    /// <returns>Null for a trigger that is left open.</returns>
    private async Task<NewTrigger?> JudgeAsync(
        ConnectorSession session, CustomerJudge.Circumstances with, bool isOurs, StoredOptimoveEvent call, ParsedEvent content, CancellationToken cancellation)
    {
        var parameters = Parameters(session, content);
        var planned = judge.Judge(with, call.Customer!, call.TemplateId, dueAt: 0, parameters, content.PromoCodes);
        if (!isOurs) planned = planned with { State = SendState.UnknownTemplate };
        else if (planned.State == SendState.Planned && time.NowMicroseconds() - call.OccurredAt > (long)TimeSpan.FromMinutes(session.Definition.MaxTriggerAgeMinutes).TotalMicroseconds)
            planned = planned with { State = SendState.Expired };
        if (planned.State == SendState.Planned)
        {
            if (Complete(session, with, call, planned, parameters, content.PromoCodes, cancellation) is not { } complete) return null;
            planned = complete;
        }

        var mailing = 0L;
        try
        {
            if (planned.State == SendState.Planned) mailing = await StandingAsync(session, call, planned, cancellation);
        }
        catch (Exception e) when (e is ContentException or InvalidDataException)
        {
            // The template cannot be sent as it is; keeping the trigger would hold up those behind it until it is too old.
            log.TemplateFailed(session.Client.Value.Key, call.TemplateId ?? 0, e.Message);
            planned = planned with { State = SendState.UnknownTemplate };
        }

        return new NewTrigger(
            call.EventId, content.Campaign ?? call.Campaign, call.Campaign, call.ChannelId, call.OccurredAt.ToString(CultureInfo.InvariantCulture), planned, mailing,
            session.Definition.TriggersPerCustomerHour);
    }

    /// <summary>A trigger brings its values by the names of Optimove, or by those of the columns.</summary>
    private static Dictionary<string, string> Parameters(ConnectorSession session, ParsedEvent content)
    {
        var parameters = new Dictionary<string, string>(content.Parameters, StringComparer.OrdinalIgnoreCase);
        foreach (var param in session.Definition.Params)
        {
            if (content.Parameters.TryGetValue(param.OptimoveName, out var value)) parameters[param.PrettyName] = value;
        }

        return parameters;
    }

    private async Task<long> StandingAsync(ConnectorSession session, StoredOptimoveEvent call, PlannedCustomer customer, CancellationToken cancellation)
    {
        var mailing = triggers.Standing(session.ClientId, call.Campaign, call.ChannelId, customer.TemplateId, customer.Source.Version, session.Client.Version);
        if (mailing > 0 && _started.Contains(mailing)) return mailing;
        if (mailing == 0)
        {
            mailing = await triggers.OpenAsync(session.ClientId, call.Campaign, call.ChannelId, customer.TemplateId, new NewMailing
            {
                ClientId = session.ClientId,
                ClientVersion = session.Client.Version,
                SourceId = customer.Source.Id,
                SourceVersion = customer.Source.Version,
                FileId = 0,
                Name = $"{customer.Source.Name} {call.Campaign}",
                Channel = customer.Channel,
            });
        }

        await freezer.FreezeAsync(mailings.Find(mailing)!, cancellation);
        await Mailing(mailing).StartAsync();
        _started.Add(mailing);
        return mailing;
    }

    private IMailingGrain Mailing(long id) => grains.GetGrain<IMailingGrain>(id.ToString(CultureInfo.InvariantCulture));
}
