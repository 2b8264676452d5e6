using System.Globalization;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Testing;
using ClosedLoop.Optimove.Tests.Support;
using Xunit.Abstractions;

namespace ClosedLoop.Optimove.Tests.Scenarios;

/// <summary>KILL at random moments: nobody gets a message twice, nothing that was acknowledged is lost.</summary>
public sealed class Kills(ITestOutputHelper output)
{
    [Fact]
    public async Task A_campaign_that_is_killed_again_and_again_reaches_everybody_once()
    {
        const int Customers = 4_000;
        var seed = Environment.GetEnvironmentVariable("CLOSEDLOOP_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.TickCount;
        output.WriteLine($"CLOSEDLOOP_SEED={seed}");
        var random = new Random(seed);
        await using var trial = await OptimoveTrial.CreateAsync(embeddedSink: false);
        await using var sink = await SinkProcess.StartAsync(trial.Installation);
        await trial.ServeAsync();
        await trial.SaveAsync(new { pageSize = 300 });
        await trial.IsAsync("Active");
        await trial.SeedAsync(Customers);
        trial.Campaign("70123", Customers);
        await trial.ExecutedAsync("70123");
        for (var kill = 0; kill < 8; kill++)
        {
            await Task.Delay(random.Next(50, 1_500));
            await trial.Silo.KillAsync();
            output.WriteLine($"kill {kill}: {trial.Books.Scalar("SELECT COUNT(*) FROM optimove_send")} planned, {trial.Books.CountState(RecipientState.Sent)} sent");
            await trial.ServeAsync();
        }

        await Eventually.ThatAsync("end of the campaign", () => trial.StateOf("70123") == 4, trial.Silo);
        Assert.Equal(Customers, trial.Books.Scalar("SELECT COUNT(*) FROM ledger"));
        Assert.Equal(Customers, trial.Books.Scalar("SELECT COUNT(DISTINCT address) FROM recipient"));
        var inDoubt = trial.Books.CountState(RecipientState.Unknown);
        output.WriteLine($"{inDoubt} in doubt");
        Assert.Equal(Customers, trial.Books.CountState(RecipientState.Sent) + inDoubt);
        Assert.InRange(inDoubt, 0, 8 * 64);
        Assert.All(trial.Books.SinkByAddress(), customer => Assert.Single(customer));
        Assert.InRange(trial.Books.Sink().Count, Customers - inDoubt, Customers);
    }

    [Fact]
    public async Task An_acknowledged_update_reaches_Optimove_whatever_is_killed()
    {
        const int Customers = 400;
        var seed = Environment.GetEnvironmentVariable("CLOSEDLOOP_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.TickCount;
        output.WriteLine($"CLOSEDLOOP_SEED={seed}");
        var random = new Random(seed);
        await using var trial = await OptimoveTrial.CreateAsync();
        await trial.ServeAsync();
        await trial.SaveAsync(Hooks.HookOf(3));
        await trial.IsAsync("Active");
        for (var field = 0; field < 3; field++) trial.State.Fields.TryAdd($"FIELD_{field}", 0);
        for (var i = 0; i < Customers; i++) trial.State.Customers[OptimoveTrial.Id(i)] = new(StringComparer.OrdinalIgnoreCase);
        var acknowledged = new int[Customers];
        for (var round = 1; round <= 6; round++)
        {
            trial.State.AddFault(new ClosedLoop.Optimove.Double.DoubleFault { Path = "UpdateCustomerAttributes", Delay = random.Next(0, 800), DropAfterSend = random.Next(3) == 0 });
            using var killed = new CancellationTokenSource();
            var firing = FireUntilAsync(trial, acknowledged, round, new Random(random.Next()), killed.Token);
            await Task.Delay(random.Next(200, 2_500));
            await trial.Silo.KillAsync();
            await killed.CancelAsync();
            await firing;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kill {round}: {trial.Books.Scalar("SELECT COUNT(*) FROM optimove_attribute")} on their way, {trial.Books.Scalar("SELECT COUNT(*) FROM optimove_batch")} requests"));
            await trial.ServeAsync();
        }

        await Eventually.ThatAsync("everything told", () => trial.Books.Scalar("SELECT COUNT(*) FROM optimove_attribute") == 0, trial.Silo);
        for (var i = 0; i < Customers; i++)
        {
            var told = trial.State.Customers[OptimoveTrial.Id(i)].TryGetValue("FIELD_2", out var value) ? int.Parse(value.Split('-')[0], CultureInfo.InvariantCulture) : 0;
            Assert.True(told >= acknowledged[i], $"customer {i}: acknowledged {acknowledged[i]}, told {told}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task A_campaign_that_dies_after_a_step_goes_on_from_there(int nth)
    {
        // Three pages, each reached before and after it is noted; publication, content, start.
        const int Customers = 250;
        await using var trial = await OptimoveTrial.CreateAsync(embeddedSink: false);
        await using var sink = await SinkProcess.StartAsync(trial.Installation);
        await DieAsync(trial, KillPoint.ConnectorCampaign, nth, async () =>
        {
            await trial.SaveAsync(new { pageSize = 100 });
            await trial.IsAsync("Active");
            await trial.SeedAsync(Customers);
            trial.Campaign("70123", Customers);
            await trial.ExecutedAsync("70123");
        });

        await trial.CampaignIsAsync("70123", 4);
        Assert.Equal(Customers, trial.Books.Scalar("SELECT COUNT(*) FROM ledger WHERE state IN (2, 5)"));
        Assert.Equal(Customers, trial.Books.Scalar("SELECT received FROM optimove_campaign"));
        Assert.All(trial.Books.SinkByAddress(), customer => Assert.Single(customer));
        Assert.InRange(trial.Books.Sink().Count, Customers - trial.Books.CountState(RecipientState.Unknown), Customers);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    public async Task A_hook_that_dies_around_its_request_loses_no_update(int nth, int most)
    {
        await using var trial = await OptimoveTrial.CreateAsync();
        trial.State.Fields.TryAdd("FIELD_0", 0);
        for (var i = 0; i < 5; i++) trial.State.Customers[OptimoveTrial.Id(i)] = new(StringComparer.OrdinalIgnoreCase);
        await DieAsync(trial, KillPoint.ConnectorBatch, nth, async () =>
        {
            await trial.SaveAsync(Hooks.HookOf(1));
            await trial.IsAsync("Active");
            await Hooks.FireAsync(trial, Enumerable.Range(0, 5).Select(i => (OptimoveTrial.Id(i), 7)), fields: 1);
        });

        await Eventually.ThatAsync("everything told", () => trial.Books.Scalar("SELECT COUNT(*) FROM optimove_attribute") == 0, trial.Silo);
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal("7-0", trial.State.Customers[OptimoveTrial.Id(i)]["FIELD_0"]));
        Assert.InRange(trial.State.Bodies("UpdateCustomerAttributes").Count, 1, most);
    }

    [Theory]
    [InlineData(1, 0, 3)]
    [InlineData(2, 1, 3)]
    [InlineData(3, 1, 2)]
    public async Task Results_that_die_around_their_request_are_told_once_or_are_in_doubt(int nth, int told, int state)
    {
        await using var trial = await OptimoveTrial.CreateAsync();
        await DieAsync(trial, KillPoint.ConnectorBatch, nth, async () =>
        {
            await trial.SaveAsync();
            await trial.IsAsync("Active");
            await trial.SeedAsync(1);
            await trial.TriggerAsync("cust-0");
        });

        await Eventually.ThatAsync("end of the result", () => trial.Books.Scalar("SELECT COUNT(*) FROM optimove_interaction WHERE state = $1", state) == 1, trial.Silo);

        // Something later is told; nothing of what was before comes with it.
        await trial.SeedAsync(2);
        await trial.TriggerAsync("cust-1", "rt-2");
        await Eventually.ThatAsync("the next result", () => trial.State.Bodies("UpdateCampaignInteractions").Any(body => body.Contains("cust-1", StringComparison.Ordinal)), trial.Silo);
        Assert.Equal(told, trial.State.Bodies("UpdateCampaignInteractions").Count(body => body.Contains("cust-0", StringComparison.Ordinal)));
    }

    /// <summary>Serves, works until the process dies at a point, and serves again.</summary>
    private static async Task DieAsync(OptimoveTrial trial, KillPoint point, int nth, Func<Task> work)
    {
        trial.Installation.Environment[KillSwitch.Variable] = string.Create(CultureInfo.InvariantCulture, $"{point}:{nth}");
        await trial.ServeAsync();
        await work();
        await Eventually.ThatAsync($"death at {point} {nth}", () => trial.Silo.HasEnded);
        trial.Installation.Environment.Remove(KillSwitch.Variable);
        await trial.ServeAsync();
    }

    private static async Task FireUntilAsync(OptimoveTrial trial, int[] acknowledged, int round, Random random, CancellationToken killed)
    {
        for (var n = 0; !killed.IsCancellationRequested; n++)
        {
            var value = (round * 100_000) + n;
            var some = Enumerable.Range(0, 20).Select(_ => random.Next(acknowledged.Length)).Distinct().ToList();
            try
            {
                await Hooks.FireAsync(trial, some.Select(i => (OptimoveTrial.Id(i), value)), fields: 3);
                foreach (var i in some) acknowledged[i] = value;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
            {
                return;
            }
        }
    }
}
