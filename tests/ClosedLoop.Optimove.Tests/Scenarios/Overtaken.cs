using System.Text.Json.Nodes;
using ClosedLoop.Optimove.Tests.Support;

namespace ClosedLoop.Optimove.Tests.Scenarios;

/// <summary>A connector whose hold somebody else has taken, as another silo does that took this one for dead.</summary>
public sealed class Overtaken
{
    [Fact]
    public async Task It_stops_and_whoever_starts_it_anew_sends_and_tells_once()
    {
        await using var trial = await OptimoveTrial.StartAsync();
        await trial.SeedAsync(20);
        trial.Campaign("70123", 20);
        trial.Books.Tamper("UPDATE work_run SET epoch = epoch + 1 WHERE work = 'optimove/demo'");
        await trial.ExecutedAsync("70123");
        await Eventually.ThatAsync("end of the work", () => (trial.Silo.Error + trial.Silo.Output).Contains("CL6121", StringComparison.Ordinal), trial.Silo);
        Assert.Equal(0, trial.Books.Scalar("SELECT COUNT(*) FROM optimove_send"));

        // The next call ends the activation, the one after it begins another.
        await trial.ExecutedAsync("70124");
        await trial.ExecutedAsync("70125");
        await trial.CampaignIsAsync("70123", 4);
        await Eventually.ThatAsync("results", () => trial.Books.Scalar("SELECT COUNT(*) FROM optimove_interaction WHERE state = 2") == 20, trial.Silo);
        Assert.Equal(20, trial.Books.Sink().Count);
        var told = trial.State.Bodies("UpdateCampaignInteractions").SelectMany(body => JsonNode.Parse(body)!["CustomerIDs"]!.AsArray()).Select(customer => customer!.GetValue<string>()).ToList();
        Assert.Equal(20, told.Count);
        Assert.Equal(20, told.Distinct(StringComparer.Ordinal).Count());
    }
}
