using System.CommandLine;
using System.Text.Json;
using ClosedLoop.Data.Files;
using ClosedLoop.Grains;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Privacy;
using ClosedLoop.Silo.Proofs;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>gdpr export|erase|allow|verify</c>: what the law lets a person ask for.</summary>
internal static class GdprCommand
{
    public static Command Create()
    {
        var command = new Command("gdpr", "Hands out or erases everything known of one person.");
        command.Subcommands.Add(Export());
        command.Subcommands.Add(Erase());
        command.Subcommands.Add(Allow());
        command.Subcommands.Add(Verify());
        return command;
    }

    /// <summary>The address as the ledger has it.</summary>
    public static string Normalised(string address) => AnyAddress.TryNormalise(address)
        ?? throw new CommandException(ExitCode.Usage, $"CL9601: '{address}' is no address; expected such as anna@example.com or +491701234567");

    private static Argument<string> Address() => new("ADDRESS") { Description = "The person's address." };

    private static Option<string?> Client() => new("--client") { Description = "Key of one client; all of them when not given." };

    private static Command Export()
    {
        var address = Address();
        var folder = new Option<string>("--out") { Description = "Folder for person.json and the returned mails; made when it is not there.", Required = true };
        var client = Client();
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("export", "Writes everything known of a person as JSON, with the mails that came back.") { address, folder, client, data, json };
        command.SetAction((parsed, _) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            using var store = OfflineStore.Open(settings);
            var story = Story(store, Normalised(parsed.GetValue(address)!), parsed.GetValue(client));
            if (story.IsEmpty) throw new CommandException(ExitCode.NotFound, "CL9606: nothing is known of this address.");
            var target = Directory.CreateDirectory(parsed.GetValue(folder)!).FullName;
            AtomicFile.Write(Path.Combine(target, "person.json"), stream => stream.Write(PersonDocument.Of(story)));
            foreach (var mail in story.Returned)
            {
                var raw = mail.Path is null ? null : Path.Combine(settings.InboundPath, mail.Path);
                if (File.Exists(raw)) File.Copy(raw, Path.Combine(target, $"returned-{mail.Id}.eml"), overwrite: true);
            }

            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, folder = target, returned = story.Returned.Count });
            else Console.Out.WriteLine(target);
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }

    /// <summary>What is known of an address.</summary>
    public static PersonStory Story(OfflineStore store, string address, string? client)
    {
        if (client is not null && store.Get<Data.Clients.DefinitionStore>().FindClient(client) is null) throw new CommandException(ExitCode.NotFound, $"CL2005: client '{client}' does not exist.");
        return store.Get<StoryTeller>().Tell(address, client);
    }

    private static Command Erase()
    {
        var address = Address();
        var client = Client();
        var yes = new Option<bool>("--yes") { Description = "Erases; without it nothing is changed and the answer says what is known." };
        var file = new Option<string?>("--out") { Description = "Where the signed certificate goes; standard output when not given." };
        var data = SharedOptions.Data();
        var command = new Command("erase", "Erases a person, with a signed certificate; files that come later leave the person out.") { address, client, yes, file, data };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            var person = Normalised(parsed.GetValue(address)!);
            if (!parsed.GetValue(yes)) return Preview(settings, person, parsed.GetValue(client));
            var certificate = await OperatorClient.PostJsonAsync(settings, "/people/erase", new PersonRequest(person, parsed.GetValue(client)), cancellation);
            foreach (var line in ErasureCertificate.Lines(certificate)) await Console.Error.WriteLineAsync(line);
            if (parsed.GetValue(file) is { } path) AtomicFile.Write(path, stream => stream.Write(certificate));
            else await Console.OpenStandardOutput().WriteAsync(certificate, cancellation);
            return ExitCode.Ok;
        });
        return command;
    }

    private static int Preview(SiloSettings settings, string address, string? client)
    {
        using var store = OfflineStore.Open(settings);
        var story = Story(store, address, client);
        foreach (var known in story.Clients) Console.Out.WriteLine($"client {known.Key}: {known.Messages.Count} messages, {known.Lists.Count} list entries{(known.Erased ? ", erased before" : "")}");
        Console.Out.WriteLine($"returned mails: {story.Returned.Count}");
        Console.Error.WriteLine("CL9607: nothing was changed; add --yes to erase. What is erased cannot be brought back.");
        return ExitCode.Refused;
    }

    private static Command Allow()
    {
        var address = Address();
        var client = Client();
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("allow", "Lets a person who was erased be taken in again, because the person asked for it.") { address, client, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var answer = await OperatorClient.PostJsonAsync(
                SharedOptions.Settings(parsed.GetValue(data)), "/people/allow", new PersonRequest(Normalised(parsed.GetValue(address)!), parsed.GetValue(client)), cancellation);
            return OperatorClient.Print(JsonSerializer.Deserialize<OperatorAnswer>(answer, JsonSerializerOptions.Web)!, parsed.GetValue(json));
        });
        return command;
    }

    private static Command Verify()
    {
        var file = new Argument<string>("FILE") { Description = "The certificate." };
        var address = new Option<string?>("--address") { Description = "The address it must be about." };
        var key = new Option<string?>("--key") { Description = "File with the public key (PEM, from closedloop proof key) that must have signed it." };
        var json = SharedOptions.Json();
        var command = new Command("verify", "Verifies a certificate offline; exit code 0 or 6.") { file, address, key, json };
        command.SetAction((parsed, _) =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path)) throw new CommandException(ExitCode.NotFound, $"CL2006: {path} does not exist.");
            var certificate = File.ReadAllBytes(path);
            var faults = SignedDocument.Faults(certificate, ErasureCertificate.Schema, parsed.GetValue(key) is { } expected ? ProofCommand.PublicKeyOf(expected) : null);
            if (faults.Count == 0 && parsed.GetValue(address) is { } person && !ErasureCertificate.IsAbout(certificate, Normalised(person))) faults = ["CL9605: the certificate is about another address"];
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, ok = faults.Count == 0, faults });
            else Console.Out.WriteLine(faults.Count == 0 ? "the certificate is whole and signed" : string.Join(Environment.NewLine, faults));
            return Task.FromResult(faults.Count == 0 ? ExitCode.Ok : ExitCode.InvalidData);
        });
        return command;
    }
}
