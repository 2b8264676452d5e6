using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Proofs;
using ClosedLoop.Silo.Tests.Support;
using Xunit.Abstractions;

namespace ClosedLoop.Silo.Tests.Proofs;

/// <summary>A proof holds as it was made, and no change of it goes unseen.</summary>
[Collection("console and environment")]
public sealed class ProofTests(ITestOutputHelper output) : IDisposable
{
    private const int Flips = 3_000;

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_proof_says_what_became_of_everybody_and_holds()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var mailing = await ProofFiles.FillAsync(stores);
        var file = ProofFiles.Write(stores, mailing);
        var verdict = ProofVerifier.Verify(file);
        Assert.True(verdict.Ok, string.Join("; ", verdict.Faults));
        Assert.Equal((mailing.Id, 8), (verdict.Mailing, verdict.Entries));

        using var proof = JsonDocument.Parse(file);
        var counts = proof.RootElement.GetProperty("counts");
        Assert.Equal([8, 1, 1, 3, 1, 1, 1, 0], new[] { "accepted" }.Concat(ProofText.States).Select(name => counts.GetProperty(name).GetInt64()));
        Assert.Equal(4, Assert.Single(proof.RootElement.GetProperty("exports").EnumerateArray()).GetProperty("run").GetInt64());
        var found = Assert.Single(proof.RootElement.GetProperty("file").GetProperty("found").EnumerateArray());
        Assert.Equal(("E201", 2), (found.GetProperty("code").GetString(), found.GetProperty("records").GetInt32()));
        Assert.Equal(451, proof.RootElement.GetProperty("ledger").GetProperty("entries")[2].GetProperty("past")[0].GetProperty("replyCode").GetInt32());
    }

    [Fact]
    public async Task Addresses_are_there_only_when_asked_for_and_can_be_found_by_whoever_has_them()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var mailing = await ProofFiles.FillAsync(stores);
        var salted = ProofFiles.Write(stores, mailing);
        Assert.DoesNotContain("@", Encoding.UTF8.GetString(salted), StringComparison.Ordinal);
        using var proof = JsonDocument.Parse(salted);
        var salt = Convert.FromHexString(proof.RootElement.GetProperty("ledger").GetProperty("salt").GetString()!);
        Assert.Equal(ProofText.HashOf(salt, "READER.3@example.org"), proof.RootElement.GetProperty("ledger").GetProperty("entries")[3].GetProperty("address").GetString());
        Assert.NotEqual(salted, ProofFiles.Write(stores, mailing));

        var plain = ProofFiles.Write(stores, mailing, withAddresses: true);
        Assert.Contains("Reader.3@example.org", Encoding.UTF8.GetString(plain), StringComparison.Ordinal);
        Assert.True(ProofVerifier.Verify(plain).Ok);
    }

    [Fact]
    public async Task Every_flipped_byte_is_found()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var file = ProofFiles.Write(stores, await ProofFiles.FillAsync(stores));
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < Flips; i++)
        {
            var (at, mask) = (random.Next(file.Length), (byte)random.Next(1, 256));
            file[at] ^= mask;
            Assert.False(ProofVerifier.Verify(file).Ok, $"byte {at} ^ {mask} was not found");
            file[at] ^= mask;
        }

        Assert.True(ProofVerifier.Verify(file).Ok);
    }

    [Fact]
    public async Task Every_changed_field_is_found_although_the_form_is_right()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var file = ProofFiles.Write(stores, await ProofFiles.FillAsync(stores));
        var fields = 0;
        var paths = new List<string>();
        Walk(JsonNode.Parse(file)!, node => paths.Add(node.GetPath()));
        foreach (var path in paths)
        {
            var root = JsonNode.Parse(file)!;
            JsonNode? target = null;
            Walk(root, node => target = node.GetPath() == path ? node : target);
            target!.ReplaceWith(Changed(target));
            Assert.False(ProofVerifier.Verify(FileOf(root)).Ok, $"{path} was not found");
            fields++;
        }

        output.WriteLine($"{fields} fields");
        Assert.True(fields > 100, $"only {fields} fields were changed");
    }

    [Theory]
    [InlineData("remove")]
    [InlineData("swap")]
    [InlineData("repeat")]
    [InlineData("change")]
    public async Task A_forger_with_a_key_of_his_own_is_found_by_the_chain_or_by_the_key(string how)
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var file = ProofFiles.Write(stores, await ProofFiles.FillAsync(stores));
        using var key = ProofKey.LoadOrCreate(stores.Settings.KeysPath);
        var root = JsonNode.Parse(file)!.AsObject();
        var entries = root["ledger"]!["entries"]!.AsArray();
        if (how == "remove") entries.RemoveAt(4);
        if (how == "repeat") entries.Insert(4, entries[4]!.DeepClone());
        if (how == "change") entries[4]!["state"] = "sent";
        if (how == "swap")
        {
            var entry = entries[4]!.DeepClone();
            entries.RemoveAt(4);
            entries.Insert(6, entry);
        }

        using var other = ProofKey.LoadOrCreate(Path.Combine(_folder.Path, "forger"));
        root.Remove("signature");
        var hash = System.Security.Cryptography.SHA256.HashData(CanonicalJson.Of(root));
        root["signature"] = new JsonObject { ["algorithm"] = ProofKey.Algorithm, ["key"] = Convert.ToBase64String(other.PublicKey), ["value"] = Convert.ToBase64String(other.Sign(hash)) };
        var verdict = ProofVerifier.Verify(FileOf(root), key.PublicKey);
        var codes = verdict.Faults.Select(fault => fault.Code).ToList();
        Assert.Contains("CL3242", codes);
        Assert.Contains("CL3243", codes);
        Assert.Contains("CL3245", codes);
        Assert.DoesNotContain("CL3244", codes);
    }

    [Fact]
    public async Task A_ledger_that_does_not_add_up_gives_a_proof_that_does_not_hold()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var mailing = await ProofFiles.FillAsync(stores);
        stores.Execute("DELETE FROM ledger WHERE mailing_id = $1 AND sequence = 1", mailing.Id);
        Assert.All(ProofVerifier.Verify(ProofFiles.Write(stores, mailing)).Faults, fault => Assert.Equal("CL3243", fault.Code));
        Assert.NotEmpty(ProofVerifier.Verify(ProofFiles.Write(stores, mailing)).Faults);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"schema\":1}")]
    [InlineData("{\"schema\":\"closedloop.proof/v1\",\"schema\":\"closedloop.proof/v1\"}")]
    [InlineData("{\"schema\":\"closedloop.proof/v1\",\"signature\":{\"algorithm\":1,\"key\":null,\"value\":2}}")]
    public void What_is_no_proof_is_said_to_be_none(string text) => Assert.False(ProofVerifier.Verify(Encoding.UTF8.GetBytes(text)).Ok);

    [Fact]
    public async Task The_command_writes_and_verifies_and_the_key_is_made_once()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var mailing = await ProofFiles.FillAsync(stores);
        var (data, file, pem) = (stores.Settings.Data, Path.Combine(_folder.Path, "proof.json"), Path.Combine(_folder.Path, "key.pem"));
        Assert.Equal(0, (await Cli.RunAsync("proof", $"{mailing.Id}", "--out", file, "--data", data)).ExitCode);
        var key = await Cli.RunAsync("proof", "key", "--data", data);
        await File.WriteAllTextAsync(pem, key.Out);
        Assert.Equal(key.Out, (await Cli.RunAsync("proof", "key", "--data", data)).Out);
        var good = await Cli.RunAsync("proof", "verify", file, "--key", pem);
        Assert.True(good.ExitCode == 0, good.Out + good.Error);
        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, text.Replace("\"failed\":1", "\"failed\":2", StringComparison.Ordinal));
        var bad = await Cli.RunAsync("proof", "verify", file, "--key", pem);
        Assert.Equal(6, bad.ExitCode);
        Assert.Contains("CL3243", bad.Out, StringComparison.Ordinal);
        Assert.Contains("CL3244", bad.Out, StringComparison.Ordinal);
        Assert.Equal(4, (await Cli.RunAsync("proof", "1", "--data", data)).ExitCode);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(data, "keys", "proof.key")));
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] FileOf(JsonNode root) => [.. CanonicalJson.Of(root), (byte)'\n'];

    private static void Walk(JsonNode node, Action<JsonNode> leaf)
    {
        switch (node)
        {
            case JsonObject parts:
                foreach (var part in parts.Select(part => part.Value).OfType<JsonNode>().ToList()) Walk(part, leaf);
                break;
            case JsonArray items:
                foreach (var item in items.OfType<JsonNode>().ToList()) Walk(item, leaf);
                break;
            default:
                leaf(node);
                break;
        }
    }

    private static JsonValue Changed(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.Number => JsonValue.Create(node.GetValue<long>() + 1),
        JsonValueKind.String => JsonValue.Create(node.GetValue<string>() + "0"),
        JsonValueKind.True => JsonValue.Create(false),
        _ => JsonValue.Create(true),
    };
}
