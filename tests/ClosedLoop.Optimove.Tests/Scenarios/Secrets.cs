using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ClosedLoop.Optimove.Double;
using ClosedLoop.Optimove.Tests.Support;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Optimove.Tests.Scenarios;

/// <summary>Keys are nowhere to be read but where they belong.</summary>
public sealed class Secrets
{
    private const string Password = "pass-phrase-that-must-never-be-written";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_key_is_in_anything_that_is_written(bool logsIn)
    {
        using var collector = new CollectorDouble();
        await using var trial = await OptimoveTrial.CreateAsync();
        trial.Installation.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
        trial.Installation.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        trial.State.LegacyLogin = logsIn;
        trial.State.Users["loop"] = new DoubleUser(Password);
        await trial.ServeAsync();
        await SaveAsync(trial, logsIn, Hooks.HookOf(1));
        await trial.SeedAsync(5);
        trial.State.Fields.TryAdd("FIELD_0", 0);
        trial.State.Customers["cust-1"] = new(StringComparer.OrdinalIgnoreCase);
        trial.Campaign("70123", 5);
        await trial.ExecutedAsync("70123");
        await trial.TriggerAsync("cust-1");
        await Hooks.FireAsync(trial, [("cust-1", 1)], fields: 1);
        await trial.CampaignIsAsync("70123", 4);
        await Eventually.ThatAsync("attributes", () => trial.State.CallsOf("UpdateCustomerAttributes").Count == 1 && trial.Books.Scalar("SELECT COUNT(*) FROM optimove_batch WHERE state = 2") == 1, trial.Silo);
        var listener = new Uri(trial.State.ListenersNow()[0].Url);
        var secrets = new List<string>
        {
            OptimoveTrial.ApiKey, Password, trial.State.EngagementToken + "-long", listener.AbsolutePath.Split('/')[^1],
            JsonNode.Parse(trial.State.Bodies("UpdateCustomerAttributes").Single())!["CallbackURL"]!.GetValue<string>().Split('/')[^1],
        };
        secrets.AddRange(trial.State.TokensNow());

        // Errors of every kind, also such as say the credential back; and calls that are refused.
        foreach (var status in new[] { 500, 500, 400, 403 }) trial.State.AddFault(new DoubleFault { Path = "*", Status = status, Body = logsIn ? trial.State.TokensNow().Single() : OptimoveTrial.ApiKey });
        await SaveAsync(trial, logsIn, new JsonObject { ["closeAfterHours"] = 1 });
        foreach (var body in new[] { "not json", "{}" }) (await trial.Silo.SendAsync(HttpMethod.Post, listener.PathAndQuery, new StringContent(body))).Dispose();
        (await trial.Silo.SendAsync(HttpMethod.Post, "/optimove/attribute-callback/" + secrets[4], new StringContent("no"))).Dispose();
        await Eventually.ThatAsync("traces", () => collector.Names("traces").Count > 0 && collector.Names("logs").Count > 0, trial.Silo);
        var bundle = Path.Combine(trial.Installation.Definitions, "support.zip");
        var outputs = new List<string>
        {
            (await trial.Installation.RunAsync("optimove", "status", "--json")).Output, (await trial.Installation.RunAsync("config", "show")).Output,
            (await trial.Installation.RunAsync("doctor", "--offline", "--bundle", bundle, "--json")).Output,
        };
        foreach (var page in new[] { "/api/v1/clients/demo/optimove", "/metrics" })
        {
            using var answer = await trial.Silo.SendAsync(HttpMethod.Get, page);
            outputs.Add(await answer.Content.ReadAsStringAsync());
        }

        var columns = WrittenColumns.Of(trial.Books);
        await trial.Silo.TerminateAsync();
        outputs.AddRange([trial.Silo.Error, trial.Silo.Output, collector.Everything(), columns, BundleText(bundle)]);
        Assert.Contains("connectors.json", BundleText(bundle), StringComparison.Ordinal);
        Assert.Contains("optimove_send", columns, StringComparison.Ordinal);
        foreach (var secret in secrets)
        {
            var octets = Encoding.UTF8.GetBytes(secret);
            foreach (var file in Directory.EnumerateFiles(trial.Installation.Data, "*", SearchOption.AllDirectories))
                Assert.False((await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(octets) >= 0, $"{file} holds a key");
            foreach (var text in outputs) Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }

        // In addresses and bodies that go to Optimove a credential has no business either; the listener's key and the call back's are what is told there.
        foreach (var secret in secrets.Where((_, i) => i is not (3 or 4)))
            Assert.All(trial.State.Calls.Where(call => call.Function != "login"), call => Assert.DoesNotContain(secret, call.Path + call.Body, StringComparison.Ordinal));
        Assert.All(trial.State.Calls, call => Assert.DoesNotContain(secrets, secret => call.Path.Contains(secret, StringComparison.Ordinal)));
    }

    private static async Task SaveAsync(OptimoveTrial trial, bool logsIn, JsonObject changes)
    {
        if (logsIn) changes["userName"] = "loop";
        var file = new JsonObject { ["connector"] = trial.Connector(changes), ["engagementToken"] = trial.State.EngagementToken + "-long", [logsIn ? "password" : "apiKey"] = logsIn ? Password : OptimoveTrial.ApiKey };
        using var saved = await trial.Silo.SendAsync(HttpMethod.Put, "/api/v1/clients/demo/optimove", JsonContent.Create(file));
        Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
        await trial.IsAsync("Active");
    }

    private static string BundleText(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        var text = new StringBuilder();
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(entry.FullName).Append('\n').Append(reader.ReadToEnd()).Append('\n');
        }

        return text.ToString();
    }

    [Fact]
    public async Task A_definition_file_names_its_key_file_and_never_holds_the_key()
    {
        await using var trial = await OptimoveTrial.CreateAsync();
        var folder = Path.Combine(trial.Installation.Definitions, "demo");
        var connector = trial.Connector().ToJsonString();
        await File.WriteAllTextAsync(Path.Combine(folder, "optimove.json"), $$"""{ "apiKey": "{{OptimoveTrial.ApiKey}}", "connector": {{connector}} }""");
        var refused = await trial.Installation.RunAsync("apply", trial.Installation.Definitions, "--set", "Optimove:AllowInside=true");
        Assert.Equal(3, refused.ExitCode);
        Assert.DoesNotContain(OptimoveTrial.ApiKey, refused.Error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(folder, "optimove.key"), OptimoveTrial.ApiKey + "\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "optimove.json"), $$"""{ "apiKeyFile": "optimove.key", "connector": {{connector}} }""");
        (await trial.Installation.RunAsync("apply", trial.Installation.Definitions, "--set", "Optimove:AllowInside=true")).Succeeded();
        await trial.ServeAsync();
        await trial.IsAsync("Active");
        Assert.Equal(3, trial.State.ListenersNow().Count);
    }
}
