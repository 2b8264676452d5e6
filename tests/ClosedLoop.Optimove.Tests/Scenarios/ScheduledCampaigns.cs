using System.Globalization;
using ClosedLoop.Model;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Optimove.Double;
using ClosedLoop.Optimove.Tests.Support;

namespace ClosedLoop.Optimove.Tests.Scenarios;

/// <summary>Event 13 and what may happen to it (optimove spec section 10.2).</summary>
public sealed class ScheduledCampaigns
{
    [Trait("Optimove", "5")]
    [Fact]
    public async Task Nobody_is_lost_between_pages_and_everybody_is_due_at_his_time()
    {
        const int Everybody = 25_003;
        await using var trial = await OptimoveTrial.StartAsync(new { timeZone = "Europe/Istanbul" });
        trial.State.PageCap = 3_000;

        // Every tenth is in the control group, every eleventh unknown, every thirteenth has opted out.
        await trial.SeedAsync(Enumerable.Range(0, Everybody).Where(i => i % 11 != 0).Select(i => (OptimoveTrial.Id(i), OptimoveTrial.Address(i), i % 13 == 0 ? "optedOut" : "unknown")));
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Istanbul");
        var first = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow.AddHours(5), zone).DateTime;
        string Schedule(int i) => first.AddMinutes(i % 7).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        trial.State.Campaigns[("70123", OptimoveTrial.Channel)] = new DoubleCampaign("70123", OptimoveTrial.Channel,
            [.. Enumerable.Range(0, Everybody).Select(i => new DoubleCustomer(OptimoveTrial.Id(i), OptimoveTrial.Template, Schedule(i), IsControl: i % 10 == 0))]);

        await trial.ExecutedAsync("70123");
        await trial.CampaignIsAsync("70123", 3);

        var planned = Enumerable.Range(0, Everybody).Where(i => i % 10 != 0 && i % 11 != 0 && i % 13 != 0).ToList();
        Assert.Equal(planned.Count, trial.Books.Scalar("SELECT COUNT(*) FROM ledger"));
        Assert.Equal(planned.Count, trial.Books.Scalar("SELECT accepted FROM mailing"));
        Assert.Equal(planned.Count, trial.Books.Scalar("SELECT COUNT(DISTINCT address) FROM recipient"));
        Assert.Equal(Everybody, trial.Books.Scalar("SELECT received FROM optimove_campaign"));
        Assert.Equal(Enumerable.Range(0, Everybody).Count(i => i % 10 == 0), trial.Books.Scalar("SELECT control FROM optimove_campaign"));
        for (var minute = 0; minute < 7; minute++)
        {
            var due = Instants.ToMicroseconds(new DateTimeOffset(DateTime.ParseExact(Schedule(minute), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), zone.GetUtcOffset(first)));
            Assert.Equal(planned.Count(i => i % 7 == minute), trial.Books.Scalar("SELECT COUNT(*) FROM ledger WHERE due_at = $1", due));
        }

        Assert.Empty(trial.Books.Sink());
        Assert.InRange(trial.State.CallsOf("GetCustomerExecutionDetailsByCampaign").Count, 10, 12);
    }

    [Trait("Optimove", "6")]
    [Fact]
    public async Task The_same_call_three_times_at_once_sends_once()
    {
        await using var trial = await OptimoveTrial.StartAsync();
        await trial.SeedAsync(300);
        trial.Campaign("70123", 300);

        Assert.Equal([200, 200, 200], await trial.ExecutedAsync("70123", concurrent: 3, timeStamp: "2031-03-04 08:10:00"));
        await trial.CampaignIsAsync("70123", 4);
        Assert.Equal(1, trial.Books.Scalar("SELECT COUNT(*) FROM optimove_event"));

        // Executed once more: only who is new gets a message.
        await trial.SeedAsync(310);
        trial.Campaign("70123", 310);
        await trial.ExecutedAsync("70123", timeStamp: "2031-03-04 09:10:00");
        await Eventually.ThatAsync("second round", () => trial.Books.Sink().Count == 310 && trial.StateOf("70123") == 4, trial.Silo);

        Assert.All(trial.Books.SinkByAddress(), customer => Assert.Single(customer));
    }

    [Trait("Optimove", "7")]
    [Fact]
    public async Task A_cancellation_before_the_time_before_the_call_and_half_way_stops_what_is_left()
    {
        await using var trial = await OptimoveTrial.StartAsync();
        await trial.SeedAsync(2_000);
        var later = DateTimeOffset.UtcNow.AddHours(2).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

        trial.Campaign("1", 50, later);
        await trial.ExecutedAsync("1");
        await trial.CampaignIsAsync("1", 3);
        await trial.CancelledAsync("1");
        await Eventually.ThatAsync("cancelled recipients", () => trial.Books.CountState(RecipientState.Cancelled) == 50, trial.Silo);

        trial.Campaign("2", 50);
        await trial.CancelledAsync("2");
        await trial.CampaignIsAsync("2", 6);
        await trial.ExecutedAsync("2");
        await Eventually.ThatAsync("the call worked on", () => trial.Books.Scalar("SELECT COUNT(*) FROM optimove_event WHERE state = 0") == 0, trial.Silo);
        Assert.Equal(6, trial.StateOf("2"));
        Assert.Empty(trial.Books.Sink());

        trial.Campaign("3", 2_000);
        await trial.ExecutedAsync("3");
        await Eventually.ThatAsync("sending", () => trial.Books.CountState(RecipientState.Sent) >= 20, trial.Silo);
        await trial.CancelledAsync("3");
        await Eventually.ThatAsync("end of the campaign", () => trial.StateOf("3") == 6 && trial.Books.Scalar("SELECT COUNT(*) FROM ledger WHERE state IN (0, 1)") == 0, trial.Silo);
        var sent = trial.Books.CountState(RecipientState.Sent);
        Assert.Equal(2_050, sent + trial.Books.CountState(RecipientState.Cancelled));
        Assert.InRange(sent, 20, 1_999);
        Assert.Equal(sent, trial.Books.Sink().Count);
    }

    [Trait("Optimove", "9")]
    [Fact]
    public async Task A_storm_of_refusals_delays_the_campaign_and_loses_nobody()
    {
        await using var trial = await OptimoveTrial.StartAsync(new { pageSize = 50 });
        await trial.SeedAsync(2_400);
        trial.Campaign("70123", 2_400);
        for (var i = 0; i < 6; i++) trial.State.AddFault(new DoubleFault { Path = "GetCustomerExecutionDetailsByCampaign", Status = 429, Times = 2 });

        await trial.ExecutedAsync("70123");
        await trial.CampaignIsAsync("70123", 4);

        Assert.Equal(2_400, trial.Books.SinkByAddress().Count);
        Assert.Equal(2_400, trial.Books.Sink().Count);
        Assert.InRange(trial.State.Busiest, 1, 50);
        Assert.Equal(12, trial.State.CallsOf("GetCustomerExecutionDetailsByCampaign").Count(call => call.Status == 429));
    }

    [Fact]
    public async Task Answers_in_another_dress_are_understood()
    {
        await using var trial = await OptimoveTrial.StartAsync();
        trial.State.Quirks = new DoubleQuirks { StringIds = true, DelimitedAttributes = true, NullText = true, CamelCase = true };
        await trial.SeedAsync(5);
        trial.State.Customers["cust-3"] = new(StringComparer.OrdinalIgnoreCase) { ["FIRST_NAME"] = "Ada" };
        trial.Campaign("70123", 5);

        await trial.ExecutedAsync("70123");
        await trial.CampaignIsAsync("70123", 4);

        Assert.Equal(5, trial.Books.Sink().Count);
        Assert.Contains(trial.Books.Sink(), record => record.Subject == "Ada, spring is here");
    }

    [Fact]
    public async Task A_call_that_the_key_may_not_make_is_replaced_by_the_older_one()
    {
        await using var trial = await OptimoveTrial.StartAsync();
        await trial.SeedAsync(5);
        trial.Campaign("70123", 5);
        trial.State.AddFault(new DoubleFault { Path = "GetCustomerExecutionDetailsByCampaign", Status = 403, Times = 100 });

        await trial.ExecutedAsync("70123");
        await trial.CampaignIsAsync("70123", 4);

        Assert.Equal(5, trial.Books.Sink().Count);
        Assert.Equal("GetCustomerExecutionDetailsByCampaign", trial.Books.Text("SELECT missing FROM optimove_connector"));
    }

    [Fact]
    public async Task Who_opts_out_before_his_time_gets_nothing()
    {
        await using var trial = await OptimoveTrial.StartAsync();
        await trial.SeedAsync(3);
        trial.Campaign("70123", 3, DateTimeOffset.UtcNow.AddHours(2).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        await trial.ExecutedAsync("70123");
        await trial.CampaignIsAsync("70123", 3);

        await trial.SeedAsync([(OptimoveTrial.Id(1), OptimoveTrial.Address(1), "optedOut")]);

        Assert.Equal(1, trial.Books.CountState(RecipientState.Suppressed));
        Assert.Equal(2, trial.Books.CountState(RecipientState.Waiting));
    }
}
