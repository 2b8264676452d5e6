using System.Text;
using ClosedLoop.Optimove.Tests.Support;

namespace ClosedLoop.Optimove.Tests.Scenarios;

/// <summary>Keys are nowhere to be read but where they belong.</summary>
public sealed class Secrets
{
    [Fact]
    public async Task No_key_is_in_anything_that_is_written()
    {
        await using var trial = await OptimoveTrial.StartAsync(Hooks.HookOf(1));
        await trial.SeedAsync(5);
        trial.State.Fields.TryAdd("FIELD_0", 0);
        trial.Campaign("70123", 5);
        await trial.ExecutedAsync("70123");
        await trial.TriggerAsync("cust-1");
        await Hooks.FireAsync(trial, [("cust-1", 1)], fields: 1);
        await trial.CampaignIsAsync("70123", 4);
        await Eventually.ThatAsync("attributes", () => trial.State.CallsOf("UpdateCustomerAttributes").Count == 1, trial.Silo);
        trial.State.AddFault(new ClosedLoop.Optimove.Double.DoubleFault { Path = "*", Status = 500, Times = 6 });
        await trial.SaveAsync(new { closeAfterHours = 1 });
        await trial.IsAsync("Active");
        var appKey = new Uri(trial.State.ListenersNow()[0].Url).AbsolutePath.Split('/')[^1];
        var status = await trial.Installation.RunAsync("optimove", "status", "--json");
        using var report = await trial.Silo.SendAsync(HttpMethod.Get, "/api/v1/clients/demo/optimove");
        var shown = await report.Content.ReadAsStringAsync();
        await trial.Silo.TerminateAsync();

        foreach (var secret in new[] { OptimoveTrial.ApiKey, appKey })
        {
            var octets = Encoding.UTF8.GetBytes(secret);
            foreach (var file in Directory.EnumerateFiles(trial.Installation.Data, "*", SearchOption.AllDirectories))
                Assert.False((await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(octets) >= 0, $"{file} holds a key");
            foreach (var text in new[] { trial.Silo.Error, trial.Silo.Output, status.Output, shown }) Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(trial.State.CallsOf("RegisterEventListener"), call => call.Path.Contains(secret, StringComparison.Ordinal));
        }

        Assert.All(trial.State.Calls, call => Assert.DoesNotContain(OptimoveTrial.ApiKey, call.Path + call.Body, StringComparison.Ordinal));
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
