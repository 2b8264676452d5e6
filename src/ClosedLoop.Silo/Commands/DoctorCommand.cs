using System.CommandLine;
using System.Net;
using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Clients;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Doctor;
using ClosedLoop.Silo.Doctor.Dns;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>doctor</c>: whether mail may go to people from here.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var client = new Option<string?>("--client") { Description = "Key of one client; all of them when not given." };
        var offline = new Option<bool>("--offline") { Description = "Asks nobody: settings, folder, keys, database and clock only." };
        var server = new Option<string?>("--dns") { Description = "Name server to ask, as ADDRESS or ADDRESS:PORT; those of this machine when not given." };
        var bundle = new Option<string?>("--bundle") { Description = "File to write for whoever helps: settings, findings, mailings and connectors, without secrets and addresses (zip)." };
        var data = SharedOptions.Data();
        var set = SharedOptions.Set();
        var json = SharedOptions.Json();
        var command = new Command("doctor", "Checks DNS, relay, SFTP, tracking host, database, permissions and clock; exit code 0 or 3.") { client, offline, server, bundle, data, set, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (settings, configuration) = SharedOptions.Read(parsed.GetValue(data), parsed.GetValue(set));
            var findings = MachineChecks.Run(settings, TimeProvider.System).ToList();
            var clients = Clients(settings, parsed.GetValue(client));
            findings.AddRange(LiveReadiness.Missing(settings, clients).Select(missing => new Finding("live", "Delivery:Mode", Verdict.Fault, missing)));
            if (!parsed.GetValue(offline)) findings.AddRange(await AskAsync(settings, clients, parsed.GetValue(server), cancellation));
            if (parsed.GetValue(bundle) is { } path) SupportBundle.Write(path, settings, configuration, findings, TimeProvider.System);
            var ok = !findings.Exists(finding => finding.Verdict == Verdict.Fault);
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, ok, findings });
            else Print(findings);
            return ok ? ExitCode.Ok : ExitCode.Configuration;
        });
        return command;
    }

    private static List<ClientDefinition> Clients(SiloSettings settings, string? key)
    {
        try
        {
            if (!SiloDatabase.Exists(settings)) return [];
            using var store = OfflineStore.Open(settings);
            var clients = store.Get<DefinitionStore>().Clients().Select(found => found.Value).Where(found => key is null || found.Key == key).ToList();
            return key is not null && clients.Count == 0 ? throw new CommandException(ExitCode.NotFound, $"CL2005: client '{key}' does not exist.") : clients;
        }
        catch (SettingsException)
        {
            // Said already.
            return [];
        }
    }

    private static async Task<List<Finding>> AskAsync(SiloSettings settings, List<ClientDefinition> clients, string? server, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var dns = server is null ? DnsClient.OfThisMachine() : new DnsClient([ServerOf(server)]);
        var signers = settings.Delivery.Dkim.All(key => DkimKeyFiles.Fault(key) is null) ? DkimKeyFiles.Signers(settings.Delivery.Dkim) : new Dictionary<string, Mail.Dkim.DkimSigner>();
        var reach = new ReachChecks(settings, TimeProvider.System);
        findings.AddRange(await reach.TrackingAsync(cancellation));
        foreach (var client in clients)
        {
            findings.AddRange(await new DomainChecks(dns, signers).RunAsync(client, cancellation));
            findings.Add(await reach.RelayAsync(client, cancellation));
            if (await reach.SftpAsync(client, cancellation) is { } sftp) findings.Add(sftp);
        }

        return findings;
    }

    private static IPEndPoint ServerOf(string text) => IPEndPoint.TryParse(text, out var server)
        ? server.Port == 0 ? new IPEndPoint(server.Address, 53) : server
        : throw new CommandException(ExitCode.Usage, $"CL9612: --dns '{text}': expected an address such as 192.0.2.53 or 127.0.0.1:5353.");

    private static void Print(List<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var mark = finding.Verdict switch { Verdict.Ok => "✓", Verdict.Warning => "!", Verdict.Fault => "✗", _ => "-" };
            Console.Out.WriteLine($"{mark} {finding.Check,-12} {finding.Subject}: {finding.Found}");
            if (finding.Fix is { } fix && finding.Verdict != Verdict.Ok) Console.Out.WriteLine($"  {"",-12} → {fix}");
        }

        var faults = findings.Count(finding => finding.Verdict == Verdict.Fault);
        Console.Error.WriteLine(faults == 0 ? "nothing stands in the way" : $"CL9609: {faults} things are to be put right; docs/going-live.md says how");
    }
}
