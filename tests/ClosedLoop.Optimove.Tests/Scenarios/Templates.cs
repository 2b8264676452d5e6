using ClosedLoop.Optimove.Tests.Support;

namespace ClosedLoop.Optimove.Tests.Scenarios;

/// <summary>Source mailings as templates at Optimove (optimove spec section 6).</summary>
public sealed class Templates
{
    [Trait("Optimove", "4")]
    [Fact]
    public async Task Templates_are_told_by_hundreds_and_only_ours_are_taken_back()
    {
        await using var trial = await OptimoveTrial.CreateAsync();
        for (var i = 1; i <= 120; i++) SampleDefinitions.WriteMailing(trial.Installation.Definitions, 1000 + i);
        (await trial.Installation.RunAsync("apply", trial.Installation.Definitions)).Succeeded();
        trial.State.Templates[OptimoveTrial.Channel] = new SortedDictionary<int, string> { [7] = "somebody else's" };
        await trial.ServeAsync();
        await trial.SaveAsync(new { templates = Array.Empty<object>() });
        await trial.IsAsync("Active");

        Assert.Equal([100, 20], trial.State.Bodies("AddChannelTemplates").Select(body => System.Text.Json.Nodes.JsonNode.Parse(body)!.AsArray().Count));
        Assert.Equal(121, trial.State.Templates[OptimoveTrial.Channel].Count);
        Assert.Equal(120, trial.State.Templates[OptimoveTrial.Channel].Values.Where(name => name.StartsWith("Spring #", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Count());

        // Sixty of them are offered no longer.
        await trial.SaveAsync(new { templates = Enumerable.Range(1, 60).Select(i => new { templateId = 1000 + i, source = 1000L + i }).ToArray() });
        await Eventually.ThatAsync("removal of templates", () => trial.State.Templates[OptimoveTrial.Channel].Count == 61, trial.Silo);
        Assert.Equal("somebody else's", trial.State.Templates[OptimoveTrial.Channel][7]);
        Assert.Single(trial.State.CallsOf("DeleteChannelTemplates"));
    }
}
