using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using ClosedLoop.Data;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Guard;
using ClosedLoop.Data.Proof;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Proofs;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>proof MAILING</c>, <c>proof verify</c> and <c>proof key</c>.</summary>
internal static class ProofCommand
{
    public static Command Create()
    {
        var mailing = new Argument<long>("MAILING") { Description = "Mailing id, see closedloop mailings ls." };
        var file = new Option<string?>("--out") { Description = "Where to; standard output when not given." };
        var addresses = new Option<bool>("--addresses") { Description = "With the addresses themselves, in place of salted hashes." };
        var data = SharedOptions.Data();
        var command = new Command("proof", "A signed reconciliation report of one mailing that anybody can verify.") { mailing, file, addresses, data };
        command.SetAction((parsed, _) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            using var store = OfflineStore.Open(settings);
            using var reader = new ProofReader(store.Get<Database>());
            var row = reader.Mailing(parsed.GetValue(mailing))
                ?? throw new CommandException(ExitCode.NotFound, string.Create(CultureInfo.InvariantCulture, $"CL4003: mailing {parsed.GetValue(mailing)} does not exist"));
            using var key = ProofKey.LoadOrCreate(settings.KeysPath);
            var writer = new ProofWriter(reader, key, store.Get<TimeProvider>());
            Write(parsed.GetValue(file), target => writer.Write(row, store.Get<InstanceStore>().Read()?.InstanceId, parsed.GetValue(addresses), target));
            return Task.FromResult(ExitCode.Ok);
        });
        command.Subcommands.Add(Verify());
        command.Subcommands.Add(Key());
        return command;
    }

    private static void Write(string? path, Action<Stream> write)
    {
        if (path is not null)
        {
            AtomicFile.Write(path, write);
            return;
        }

        using var output = Console.OpenStandardOutput();
        using var buffer = new BufferedStream(output, 1 << 16);
        write(buffer);
    }

    private static Command Verify()
    {
        var file = new Argument<string>("FILE") { Description = "The report." };
        var key = new Option<string?>("--key") { Description = "File with the public key (PEM, from closedloop proof key) that must have signed it." };
        var json = SharedOptions.Json();
        var command = new Command("verify", "Verifies a report offline: form, hash chain, sums, signature; exit code 0 or 6.") { file, key, json };
        command.SetAction((parsed, _) =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path)) throw new CommandException(ExitCode.NotFound, $"CL2006: {path} does not exist.");
            var verdict = ProofVerifier.Verify(File.ReadAllBytes(path), parsed.GetValue(key) is { } expected ? PublicKeyOf(expected) : null);
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, ok = verdict.Ok, verdict.Mailing, verdict.Entries, verdict.Key, keyCompared = parsed.GetValue(key) is not null, verdict.Faults });
            else Print(verdict, parsed.GetValue(key) is not null);
            return Task.FromResult(verdict.Ok ? ExitCode.Ok : ExitCode.InvalidData);
        });
        return command;
    }

    private static Command Key()
    {
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("key", "Prints the public key of this installation's reports (PEM); made when there is none yet.") { data, json };
        command.SetAction((parsed, _) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            if (!SiloDatabase.Exists(settings)) throw new CommandException(ExitCode.NotFound, $"CL2007: there is no installation in {settings.DataPath}; name the data folder with --data.");
            using var key = ProofKey.LoadOrCreate(settings.KeysPath);
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, pem = key.PublicPem });
            else Console.Out.WriteLine(key.PublicPem);
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }

    /// <summary>The public key in a PEM file.</summary>
    public static byte[] PublicKeyOf(string path)
    {
        if (!File.Exists(path)) throw new CommandException(ExitCode.NotFound, $"CL2006: {path} does not exist.");
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(path));
            return key.ExportSubjectPublicKeyInfo();
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or PlatformNotSupportedException)
        {
            throw new CommandException(ExitCode.Usage, $"CL3246: {path} holds no public key: {e.Message}; expected PEM, as closedloop proof key prints it");
        }
    }

    private static void Print(ProofVerdict verdict, bool compared)
    {
        foreach (var fault in verdict.Faults) Console.Out.WriteLine($"{fault.Code} {fault.Message}");
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mailing {verdict.Mailing}, {verdict.Entries} recipients: {(verdict.Ok ? "ok" : "NOT OK")}"));
        if (verdict.Key is not null) Console.Out.WriteLine($"signed with key {verdict.Key}{(compared ? "" : ", not compared with one you trust: name it with --key")}");
    }
}
