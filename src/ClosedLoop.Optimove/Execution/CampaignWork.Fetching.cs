using ClosedLoop.Data.Optimove;
using ClosedLoop.Model;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Model.Testing;
using ClosedLoop.Optimove.Api;
using ClosedLoop.Optimove.Inbound;

namespace ClosedLoop.Optimove.Execution;

/// <summary>Reading a campaign's customers, page by page.</summary>
internal sealed partial class CampaignWork
{
    /// <summary>Marks a member of the control group, who must get nothing (optimove spec section 5).</summary>
    private const int ControlGroup = 1;

    private const int Fallback = 1;

    private async Task FetchAsync(ConnectorSession session, CampaignRow row, CancellationToken cancellation)
    {
        if (session.Definition.Channels.FirstOrDefault(channel => channel.ChannelId == row.ChannelId) is not { } channel)
        {
            await FailAsync(row, "the channel is not one of the connector any more");
            return;
        }

        if (row is { Name: null, Skip: 0 }) row = row with { Name = await NameAsync(session, row, cancellation) };
        var skip = row.Skip;
        while (true)
        {
            var page = await PageAsync(session, row, skip, cancellation);
            row = page.Row;

            // Only an empty page is the end: a short one may be the other side's own limit.
            if (page.Customers.Count == 0) break;
            if (!await PlanAsync(session, row, channel.Medium, page.Customers)) return;
            skip += page.Customers.Count;
            KillSwitch.Reach(KillPoint.ConnectorCampaign);
            await campaigns.PageDoneAsync(row, skip, page.Customers.Count, page.Customers.Count(customer => customer.ActionId == ControlGroup));
            KillSwitch.Reach(KillPoint.ConnectorCampaign);
        }

        await campaigns.PublishAsync(row);
        KillSwitch.Reach(KillPoint.ConnectorCampaign);
    }

    private async Task<(CampaignRow Row, IReadOnlyList<OptimoveRows.CampaignCustomer> Customers)> PageAsync(ConnectorSession session, CampaignRow row, long skip, CancellationToken cancellation)
    {
        var page = new CustomerPage(row.Label, row.ChannelId, [.. session.Definition.Params.Select(param => param.OptimoveName)], session.Definition.PageSize, skip);
        if (row.Source != Fallback)
        {
            try
            {
                // No rows at all may mean that the call does not exist there: the other one is asked before the campaign counts as empty.
                if (await session.Api.GetCustomerExecutionDetailsByCampaignAsync(page, cancellation) is var first && (first.Count > 0 || skip > 0)) return (row, first);
            }
            catch (OptimoveException e) when (e.Fault == OptimoveFault.Permission && skip == 0)
            {
                await LacksAsync(session, e.Call);
            }
        }

        var customers = await session.Api.GetCustomerSendDetailsByChannelAsync(page, cancellation);
        if (customers.Count > 0 && row.Source != Fallback) await campaigns.DescribeAsync(row, name: null, Fallback);
        return (customers.Count > 0 ? row with { Source = Fallback } : row, customers);
    }

    private async Task<bool> PlanAsync(ConnectorSession session, CampaignRow row, OptimoveMedium medium, IReadOnlyList<OptimoveRows.CampaignCustomer> customers)
    {
        var wanted = customers.Where(customer => customer.ActionId != ControlGroup && customer.Customer.Trim().Length is > 0 and <= 200).ToList();
        foreach (var block in wanted.Chunk(CampaignStore.PlanBlock))
        {
            var known = profiles.Find(session.ClientId, block.Select(customer => customer.Customer.Trim()).ToHashSet(StringComparer.Ordinal), session.Definition.CaseInsensitiveIds);
            var with = new CustomerJudge.Circumstances(session.Client, session.Definition, medium, known);
            var planned = block.Select(customer => Judge(session, with, customer)).ToList();
            var lost = planned.Where(customer => customer.State == SendState.UnknownTemplate).ToList();
            if (lost.Count > 0) log.TemplatesUnknown(session.Client.Value.Key, row.Label, lost.Count, string.Join(", ", lost.Select(customer => customer.TemplateId).Distinct().Take(5)));
            if (!await campaigns.PlanAsync(row, planned, session.Client.Version)) return false;
        }

        return true;
    }

    private PlannedCustomer Judge(ConnectorSession session, CustomerJudge.Circumstances with, OptimoveRows.CampaignCustomer customer)
    {
        var now = time.NowMicroseconds();
        var due = EventParser.TimeOf(customer.ScheduleTime, session.Zone) ?? now;
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < session.Definition.Params.Count && i < customer.Attributes.Count; i++)
        {
            if (customer.Attributes[i] is { } value) parameters[session.Definition.Params[i].PrettyName] = value.Length > EventParser.LongestParameter ? value[..EventParser.LongestParameter] : value;
        }

        var promoCodes = customer.PromoCode?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var judged = judge.Judge(with, customer.Customer.Trim(), customer.TemplateId, due > now ? due : 0, parameters, promoCodes);
        return judged.State == SendState.Planned && now - due > (long)TimeSpan.FromHours(session.Definition.MaxLatenessHours).TotalMicroseconds
            ? judged with { State = SendState.Expired }
            : judged;
    }

    /// <summary>What people call the campaign; a campaign without a name is sent as well.</summary>
    private async Task<string?> NameAsync(ConnectorSession session, CampaignRow row, CancellationToken cancellation)
    {
        const string Call = "GetCampaignDetails";
        if (session.Lacks(Call)) return null;
        try
        {
            var details = await session.Api.GetCampaignDetailsAsync(row.Label, cancellation);
            var name = details?.Notes is { Length: > 0 } notes ? string.Concat(notes.Take(80).Select(c => char.IsControl(c) ? ' ' : c)) : null;
            if (name is not null) await campaigns.DescribeAsync(row, name, row.Source);
            return name;
        }
        catch (OptimoveException e) when (e.Fault != OptimoveFault.Auth)
        {
            if (e.Fault == OptimoveFault.Permission) await LacksAsync(session, Call);
            return null;
        }
    }

    private async Task LacksAsync(ConnectorSession session, string call)
    {
        if (!session.Lacks(call)) log.NotAllowed(session.Client.Value.Key, call);
        await connectors.LacksAsync(session.ClientId, call);
    }
}
