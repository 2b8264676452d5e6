using System.CommandLine;
using System.Globalization;
using System.Text;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Guard;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Guarding;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>db confirm</c>: says who would be mailed by a database that may be a restored one, and lets it go on.</summary>
internal static class DbConfirm
{
    public static Command Create()
    {
        var yes = new Option<bool>("--yes") { Description = "Lets sending go on; without it nothing is changed." };
        var list = new Option<string?>("--list") { Description = "Writes everybody who would be mailed to this file (CSV, with addresses)." };
        var reason = new Option<string>("--reason") { Description = "Why; kept with the database.", DefaultValueFactory = _ => "operator" };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("confirm", "Shows who would be mailed by a held database; with --yes lets it go on.") { yes, list, reason, data, json };
        command.SetAction(async (parsed, _) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            using var store = OfflineStore.Open(settings);
            var instance = store.Get<InstanceStore>();
            var row = instance.Read();
            var open = instance.OpenMailings();
            if (parsed.GetValue(list) is { } path) WriteList(path, instance.OpenRecipients());
            var confirmed = row?.HeldAt is not null && parsed.GetValue(yes) && await ConfirmAsync(settings, instance, row, parsed.GetValue(reason)!);
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, held = row?.HeldAt is not null && !confirmed, reason = row?.HeldReason, confirmed, mailings = open });
            else Print(row, open, confirmed);
            return confirmed ? ExitCode.Ok : row?.HeldAt is null ? ExitCode.NothingToDo : ExitCode.Refused;
        });
        return command;
    }

    private static async Task<bool> ConfirmAsync(SiloSettings settings, InstanceStore instance, InstanceRow row, string reason)
    {
        var mark = InstanceMark.Read(settings.InstancePath);
        var now = await instance.ConfirmAsync(mark?.Instance ?? InstanceGuard.NewMark(), Math.Max(mark?.Beat ?? 0, row.Beat), reason);
        if (now is null) return false;
        new InstanceMark(now.InstanceId, now.Beat, Instants.FromMicroseconds(now.AliveAt)).Write(settings.InstancePath);
        return true;
    }

    private static void WriteList(string path, IEnumerable<OpenRecipient> recipients) => AtomicFile.Write(path, stream =>
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine("mailingId;mailingToUserId;userId;state");
        foreach (var recipient in recipients)
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{recipient.MailingId};{recipient.RecipientId};\"{recipient.Address.Replace("\"", "\"\"", StringComparison.Ordinal)}\";{(recipient.IsClaimed ? "sending" : "waiting")}"));
        }
    });

    private static void Print(InstanceRow? row, IReadOnlyList<OpenMailing> open, bool confirmed)
    {
        Console.Out.WriteLine(row?.HeldAt is null ? "sending is not held" : $"held: {row.HeldReason}");
        foreach (var mailing in open)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {mailing.MailingId}  {(MailingState)mailing.State,-9} {mailing.Waiting} would be mailed, {mailing.Claimed} in doubt  {mailing.Name}"));
        }

        if (confirmed) Console.Out.WriteLine("confirmed: sending goes on within seconds");
        else if (row?.HeldAt is not null) Console.Out.WriteLine("whoever was mailed since the copy was made would be mailed again; cancel what must not go on (closedloop mailings cancel), then closedloop db confirm --yes");
    }
}
