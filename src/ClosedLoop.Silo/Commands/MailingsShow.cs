using System.CommandLine;
using System.Globalization;
using ClosedLoop.Operations.Api;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>mailings show ID</c>: what the dashboard and the API tell of one mailing; reads the database.</summary>
internal static class MailingsShow
{
    public static Command Create()
    {
        var id = new Argument<long>("ID") { Description = "Mailing id, see closedloop mailings ls." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("show", "Shows a mailing with its counts, who opened and clicked, its domains, and why recipients got nothing.") { id, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var shown = await CountedAsync(store, parsed.GetValue(id), cancellation);
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, shown.Mailing, shown.Funnel, shown.Domains, shown.Reasons, shown.IsCounting });
            else Print(shown);
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>A page shows what has been counted so far; a command waits for all of it.</summary>
    private static async Task<ApiMailingDetail> CountedAsync(OfflineStore store, long id, CancellationToken cancellation)
    {
        var (mailings, details) = (store.Get<MailingsReader>(), store.Get<MailingDetailReader>());
        while (true)
        {
            var line = await mailings.FindAsync(id) ?? throw new CommandException(ExitCode.NotFound, string.Create(CultureInfo.InvariantCulture, $"CL4003: mailing {id} does not exist; see closedloop mailings ls."));
            var detail = await details.ReadAsync(line.Row);
            if (line.Counts is not null && !detail.IsCounting) return ApiShapes.Of(line, detail);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static void Print(ApiMailingDetail shown)
    {
        var (output, mailing, funnel) = (Console.Out, shown.Mailing, shown.Funnel);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mailing {mailing.Id}  {mailing.Name}  client {mailing.Client}{(mailing.Test ? ", test" : "")}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  state     {mailing.State}, source {mailing.SourceId} version {mailing.SourceVersion}, file {mailing.FileId}{(mailing.Resends > 0 ? $", resends {mailing.Resends}" : "")}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  created   {mailing.CreatedAt:u}{(mailing.StartedAt is { } start ? $", started {start:u}" : "")}{(mailing.FinishedAt is { } end ? $", finished {end:u}" : "")}"));
        if (mailing.Counts is { } counts)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  accepted  {mailing.Accepted} = waiting {counts.Waiting} + sending {counts.Sending} + sent {counts.Sent} + failed {counts.Failed} + suppressed {counts.Suppressed} + unknown {counts.Unknown} + cancelled {counts.Cancelled} {(mailing.AddsUp == true ? "✓" : "✗")}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  people    {funnel.Openers} opened it, for {funnel.AutomaticOpeners} only a machine did, {funnel.Clickers} clicked, {funnel.Unsubscribers} unsubscribed; {funnel.Opens} opens, {funnel.AutomaticOpens} by machines, {funnel.Clicks} clicks, {funnel.MachineClicks} by machines"));
        foreach (var domain in shown.Domains) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  domain    {domain.Domain}: {domain.Recipients} recipients, {domain.Sent} sent, {domain.Failed} failed, {domain.Open} open"));
        foreach (var reason in shown.Reasons) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  why       {reason.State} {reason.Recipients}: {reason.Reason}"));
    }
}
