using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ClosedLoop.Optimove.Tests.Support;
using ClosedLoop.Responses.Channels;
using ClosedLoop.Testing.Doubles;

namespace ClosedLoop.Optimove.Tests.Scenarios;

/// <summary>SMS and push as execution channels, and what comes back of them, each way results are told.</summary>
public sealed class OtherChannels
{
    [Fact]
    public async Task Texts_by_a_gateway_are_told_one_by_one_with_receipts_and_stop()
    {
        await using var gateway = await TwilioDouble.StartAsync();
        await using var trial = await ChannelTrial.StartAsync(ChannelTrial.Sms, new { modeOptIn = 1, modeOptOut = 2 }, installation =>
        {
            installation.Environment["OAK_TWILIO_TOKEN"] = TwilioDouble.AuthToken;
            return $$"""{ "sms": { "from": "+4915550000000", "twilio": { "accountSid": "{{TwilioDouble.AccountSid}}", "authTokenSetting": "OAK_TWILIO_TOKEN", "baseUrl": "{{gateway.BaseUrl}}" } } }""";
        });
        gateway.FailFor(ChannelTrial.Number(3), TwilioDouble.Error(400, 21211));
        await ChannelTrial.PhonesAsync(trial, 7);

        await ChannelTrial.ExecutedAsync(trial, ChannelTrial.Sms, Enumerable.Range(0, 7).Select(OptimoveTrial.Id));
        await Eventually.ThatAsync("texts", () => gateway.Taken.Count == 4 && trial.Books.Scalar("SELECT state FROM optimove_campaign") == 4, trial.Silo);
        await ChannelTrial.TriggeredAsync(trial, ChannelTrial.Sms, "cust-4");
        await Eventually.ThatAsync("triggered text", () => gateway.Taken.Count == 5, trial.Silo);
        Assert.All(gateway.Taken, message => Assert.StartsWith("Hello Anna", message.Form["Body"], StringComparison.Ordinal));
        await Eventually.ThatAsync("recorded texts", () => trial.Books.Scalar("SELECT COUNT(*) FROM ledger WHERE state = 2") == 5, trial.Silo);

        await PostAsync(trial, "", ("MessageSid", Sid(gateway, 0)), ("MessageStatus", "delivered"));
        await PostAsync(trial, "", ("MessageSid", Sid(gateway, 1)), ("MessageStatus", "undelivered"), ("ErrorCode", "30005"));

        // Optimove is away when it is to be told of the opt-out: it is told again.
        trial.State.AddFault(new ClosedLoop.Optimove.Double.DoubleFault { Path = "SetCustomerChannelPreference", Status = 503, Times = 3 });
        await PostAsync(trial, "/inbound", ("From", ChannelTrial.Number(2)), ("Body", "STOP"));
        string[] expected =
        [
            "0/cust-0", "0/cust-1", "0/cust-2", "0/cust-4", "1/cust-0", "4/cust-2", "5/cust-5", "5/cust-6", "7/cust-1", "7/cust-3",
        ];
        await Eventually.ThatAsync("told results", () => ChannelTrial.Told(trial, "70123").Count >= expected.Length && ChannelTrial.Told(trial, "rt-1").Count == 1, trial.Silo);
        Assert.Equal(expected, ChannelTrial.Told(trial, "70123"));
        Assert.Equal(["0/cust-4"], ChannelTrial.Told(trial, "rt-1"));
        await Eventually.ThatAsync("preference", () => trial.State.Bodies("SetCustomerChannelPreference").Count == 1, trial.Silo);
        var preference = JsonNode.Parse(trial.State.Bodies("SetCustomerChannelPreference").Single())!;
        Assert.Equal((505, 2, "cust-2"), (preference["ChannelID"]!.GetValue<int>(), preference["CommunicationMode"]!.GetValue<int>(), preference["CustomerIDs"]!.AsArray().Single()!.GetValue<string>()));

        // Who has said STOP gets nothing, though Optimove wants it.
        await ChannelTrial.TriggeredAsync(trial, ChannelTrial.Sms, "cust-2");
        await Eventually.ThatAsync("dropped text", () => ChannelTrial.Told(trial, "rt-1").Contains("5/cust-2"), trial.Silo);
        Assert.Equal(5, gateway.Taken.Count);
    }

    [Fact]
    public async Task Texts_by_SMPP_are_told_as_sums_with_their_receipts()
    {
        await using var centre = SmppDouble.Start();
        await using var trial = await ChannelTrial.StartAsync(ChannelTrial.Sms, new { metricsMode = "metrics", closeAfterHours = 0.004, modeOptIn = 1, modeOptOut = 2 }, installation =>
        {
            installation.Environment["OAK_SMPP"] = SmppDouble.Password;
            return $$"""{ "sms": { "from": "OAK", "smpp": { "host": "127.0.0.1", "port": {{centre.Port}}, "systemId": "{{SmppDouble.SystemId}}", "passwordSetting": "OAK_SMPP" } } }""";
        });
        await ChannelTrial.PhonesAsync(trial, 5);

        await ChannelTrial.TriggeredAsync(trial, ChannelTrial.Sms, "cust-0");
        await ChannelTrial.ExecutedAsync(trial, ChannelTrial.Sms, Enumerable.Range(0, 5).Select(OptimoveTrial.Id));
        await Eventually.ThatAsync("texts", () => centre.Taken.Count == 4 && trial.Books.Scalar("SELECT COUNT(*) FROM ledger WHERE state = 2") == 4, trial.Silo);
        foreach (var message in centre.Taken) Assert.Equal(0u, await centre.ReceiptAsync(message.Id, message.Destination.EndsWith('1') ? "UNDELIV" : "DELIVRD", message.Destination.EndsWith('1') ? "011" : "000"));
        await Eventually.ThatAsync("sums", () => trial.State.Bodies("UpdateCampaignMetrics").Count > 0, trial.Silo);

        var sums = trial.State.Bodies("UpdateCampaignMetrics").SelectMany(body => JsonNode.Parse(body)!.AsArray()).ToDictionary(sum => sum!["MetricID"]!.GetValue<int>(), sum => sum!["MetricValue"]!.GetValue<int>());
        Assert.Equal(new Dictionary<int, int> { [0] = 3, [1] = 2, [5] = 2, [9] = 1 }, sums.OrderBy(sum => sum.Key).ToDictionary());
        Assert.Empty(trial.State.CallsOf("UpdateCampaignInteractions"));

        Assert.Equal(0u, await centre.MessageAsync("4915100000002", "stop"));
        await Eventually.ThatAsync("preference", () => trial.State.Bodies("SetCustomerChannelPreference").Count == 1, trial.Silo);
        Assert.Contains("cust-2", trial.State.Bodies("SetCustomerChannelPreference").Single(), StringComparison.Ordinal);

        // The trigger's sums wait until its mailing ends; until then they are counted.
        await Eventually.ThatAsync("counted results", () => trial.Books.Scalar("SELECT COUNT(*) FROM optimove_interaction WHERE campaign = 'rt-1' AND state = 5") == 2, trial.Silo);
    }

    [Fact]
    public async Task Notifications_reach_each_device_and_are_told_as_engagement_events()
    {
        await using var fcm = await FcmDouble.StartAsync();
        await using var apns = await ApnsDouble.StartAsync();
        var dead = new string('c', 64);
        var alive = new string('a', 64);
        await using var trial = await ChannelTrial.StartAsync(ChannelTrial.Push, new { metricsMode = "engagementEvents" }, installation =>
        {
            var (account, key, roots) = (installation.Aside("account.json", Encoding.UTF8.GetBytes(fcm.ServiceAccountJson)), installation.Aside("key.p8", Encoding.UTF8.GetBytes(apns.KeyPem)), installation.Aside("roots.pem", Encoding.UTF8.GetBytes(apns.CertificatePem)));
            return
                $$"""
                { "push": {
                    "fcm": { "serviceAccountFile": "{{account}}", "baseUrl": "{{fcm.BaseUrl}}" },
                    "apns": { "keyFile": "{{key}}", "keyId": "KEY4567890", "teamId": "TEAM567890", "topic": "com.example.loop", "baseUrl": "{{apns.BaseUrl}}", "certificateFile": "{{roots}}" } } }
                """;
        }, engagement: true);
        apns.FailFor(dead, ApnsDouble.Refusal(410, "Unregistered"));
        await ChannelTrial.DevicesAsync(trial, "one", ("Device-1", "fcm"));
        await ChannelTrial.DevicesAsync(trial, "two", (alive, "apns"), ("Device-2", "fcm"));
        await ChannelTrial.DevicesAsync(trial, "gone", (dead, "apns"));
        await ChannelTrial.DevicesAsync(trial, "none");

        await ChannelTrial.ExecutedAsync(trial, ChannelTrial.Push, ["one", "two", "gone", "none", "stranger"]);
        await Eventually.ThatAsync("notifications", () => fcm.Messages.Count == 2 && apns.Taken.Count == 1 && trial.Books.Scalar("SELECT state FROM optimove_campaign") == 4, trial.Silo);
        await ChannelTrial.TriggeredAsync(trial, ChannelTrial.Push, "one");
        await Eventually.ThatAsync("triggered notification", () => fcm.Messages.Count == 3, trial.Silo);
        await Eventually.ThatAsync("events", () => ChannelTrial.Engaged(trial, "70123").Count >= 5 && ChannelTrial.Engaged(trial, "rt-1").Count == 1, trial.Silo);
        Assert.Equal(["bounced/gone", "dropped/none", "dropped/stranger", "sent/one", "sent/two"], ChannelTrial.Engaged(trial, "70123"));
        Assert.Equal(["sent/one"], ChannelTrial.Engaged(trial, "rt-1"));
        Assert.All(fcm.Messages, message => Assert.Equal("For Anna", message.GetProperty("notification").GetProperty("title").GetString()));

        // A token that is dead is not asked again.
        var asked = apns.Requests.Count;
        await ChannelTrial.TriggeredAsync(trial, ChannelTrial.Push, "gone", "rt-2");
        await Eventually.ThatAsync("dropped notification", () => ChannelTrial.Engaged(trial, "rt-2").Count == 1, trial.Silo);
        Assert.Equal(["dropped/gone"], ChannelTrial.Engaged(trial, "rt-2"));
        Assert.Equal(asked, apns.Requests.Count);
    }

    private static string Sid(TwilioDouble gateway, int i) => gateway.Taken.First(message => message.Form["To"] == ChannelTrial.Number(i)).Sid;

    private static async Task PostAsync(OptimoveTrial trial, string more, params (string Name, string Value)[] form)
    {
        var fields = form.Select(field => KeyValuePair.Create(field.Name, field.Value)).ToList();
        using var content = new FormUrlEncodedContent(fields);
        content.Headers.Add("X-Twilio-Signature", TwilioSignature.Of("https://news.example.org/channels/sms/demo/twilio" + more, fields, TwilioDouble.AuthToken));
        using var response = await trial.Silo.SendAsync(HttpMethod.Post, "/channels/sms/demo/twilio" + more, content);
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent, response.StatusCode.ToString());
    }
}
