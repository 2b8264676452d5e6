using System.Net;
using System.Text;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Responses.Channels;
using ClosedLoop.Scenarios.Support;
using ClosedLoop.Testing.Doubles;
using Xunit.Abstractions;

namespace ClosedLoop.Scenarios;

/// <summary>SMS and push in mode Live against faithful providers: kills in the middle, receipts and STOP by signed webhooks, dead tokens.</summary>
public sealed class ChannelsLive(ITestOutputHelper output)
{
    private const int Rows = 600;
    private const int Kills = 4;

    /// <summary>Recipients that may be claimed and not recorded at any moment (Delivery:InDoubtWindow).</summary>
    private const int Window = 64;

    [Fact]
    public async Task Texts_survive_kills_and_their_receipts_come_home()
    {
        await using var gateway = await TwilioDouble.StartAsync();
        using var installation = await Installation.CreateAsync();
        ChannelDefinitions.GoLive(installation);
        installation.Environment["OAK_TWILIO_TOKEN"] = TwilioDouble.AuthToken;
        await ChannelDefinitions.ApplyAsync(
            installation, $$"""{ "sms": { "from": "+4915550000000", "twilio": { "accountSid": "{{TwilioDouble.AccountSid}}", "authTokenSetting": "OAK_TWILIO_TOKEN", "baseUrl": "{{gateway.BaseUrl}}" } } }""");
        gateway.FailFor(Number(5), TwilioDouble.Error(400, 21211));
        gateway.FailFor(Number(6), DoubleFault.LostAnswer);
        var books = installation.Books;
        var silo = await SiloProcess.StartAsync(installation);
        var file = installation.Drop(Enumerable.Range(0, Rows).Select(i => ChannelDefinitions.Row("", ChannelDefinitions.Sms, "x", Number(i))));
        var random = Seed.Next(output);

        // A kill before the refusal is recorded would leave this one in doubt, too, and rightly.
        await Eventually.ThatAsync("recorded refusal", () => books.Scalar("SELECT COUNT(*) FROM ledger WHERE state = 3") == 1, silo);
        foreach (var enough in Enumerable.Range(0, Kills).Select(_ => random.Next(1, Rows * 8 / 10)).Order().ToList())
        {
            await Eventually.ThatAsync("messages on their way", () => gateway.Taken.Count >= enough || books.IsFinished(file), silo);
            await silo.KillAsync();
            await silo.DisposeAsync();
            silo = await SiloProcess.StartAsync(installation);
        }

        await using var running = silo;
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), silo);
        var ledger = books.AssertBalance(file, Rows);
        var taken = gateway.Taken.ToLookup(message => message.Form["To"]!, message => message.Sid, StringComparer.Ordinal);
        Assert.All(taken, messages => Assert.True(messages.Count() == 1, $"{messages.Key} got {messages.Count()} messages"));
        Assert.Equal(RecipientState.Failed, ledger[Number(5)]);
        Assert.Equal(RecipientState.Unknown, ledger[Number(6)]);
        foreach (var (number, state) in ledger)
        {
            // Only of the doubtful the gateway may know more than the ledger.
            if (state == RecipientState.Sent) Assert.True(taken.Contains(number), $"{number} is sent and was never taken");
            else if (state != RecipientState.Unknown) Assert.False(taken.Contains(number), $"{number} is {state} and was taken");
        }

        var unknown = ledger.Values.Count(state => state == RecipientState.Unknown);
        output.WriteLine($"{unknown} in doubt after {Kills} kills");
        Assert.InRange(unknown, 1, (Window * Kills) + 1);

        // Each of the doubtful whom the gateway has reports itself by the address it was given, and the books close.
        foreach (var number in ledger.Where(entry => entry.Value == RecipientState.Unknown && taken.Contains(entry.Key)).Select(entry => entry.Key))
        {
            var (sid, form) = gateway.Taken.Single(message => message.Form["To"] == number);
            Assert.Equal(HttpStatusCode.NoContent, await PostAsync(silo, new Uri(form["StatusCallback"]!).AbsolutePath["/channels/sms/demo/twilio".Length..], ("MessageSid", sid), ("MessageStatus", "sent")));
        }

        var settled = books.AssertBalance(file, Rows);
        Assert.All(settled, entry => Assert.Equal(taken.Contains(entry.Key), entry.Value == RecipientState.Sent));
        output.WriteLine($"{settled.Values.Count(state => state == RecipientState.Unknown)} of them left when the gateway had reported");

        var sent = ledger.Where(entry => entry.Value == RecipientState.Sent).Select(entry => entry.Key).Take(3).ToList();
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(silo, "", ("MessageSid", taken[sent[0]].Single()), ("MessageStatus", "delivered")));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(silo, "", ("MessageSid", taken[sent[1]].Single()), ("MessageStatus", "undelivered"), ("ErrorCode", "30005")));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(silo, "", ("MessageSid", taken[sent[1]].Single()), ("MessageStatus", "undelivered"), ("ErrorCode", "30005")));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(silo, "/inbound", ("From", sent[2]), ("Body", "stop")));
        using (var forged = await silo.SendAsync(HttpMethod.Post, "/channels/sms/demo/twilio", new FormUrlEncodedContent([new("MessageSid", taken[sent[2]].Single()), new("MessageStatus", "undelivered")])))
            Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);

        var export = await installation.ExportAsync(silo);
        Assert.Equal([sent[1], Number(5)], export.Rows("responses").Select(row => row["userId"]).OrderByDescending(number => number == sent[1]));
        Assert.Equal(sent[2], Assert.Single(export.Rows("unsubscribes"))["userId"]);
        Assert.Equal(1, books.Scalar("SELECT COUNT(*) FROM channel_outcome WHERE state = 1"));
        Assert.DoesNotContain(TwilioDouble.AuthToken, silo.Story, StringComparison.Ordinal);
        foreach (var number in ledger.Keys) Assert.DoesNotContain(number[1..], silo.Story, StringComparison.Ordinal);

        var next = installation.Drop([ChannelDefinitions.Row("", ChannelDefinitions.Sms, "x", sent[1]), ChannelDefinitions.Row("", ChannelDefinitions.Sms, "x", sent[2]), ChannelDefinitions.Row("", ChannelDefinitions.Sms, "x", sent[0])]);
        await Eventually.ThatAsync("end of the next mailing", () => books.IsFinished(next), silo);
        var again = books.Ledger(next);
        Assert.Equal(RecipientState.Suppressed, again[sent[2]]);
        Assert.Equal(RecipientState.Sent, again[sent[0]]);
    }

    [Fact]
    public async Task Notifications_reach_both_services_and_dead_tokens_are_retired()
    {
        await using var fcm = await FcmDouble.StartAsync();
        await using var apns = await ApnsDouble.StartAsync();
        using var installation = await Installation.CreateAsync();
        ChannelDefinitions.GoLive(installation);
        var (account, key, roots) = (installation.Aside("account.json", Encoding.UTF8.GetBytes(fcm.ServiceAccountJson)), installation.Aside("key.p8", Encoding.UTF8.GetBytes(apns.KeyPem)), installation.Aside("roots.pem", Encoding.UTF8.GetBytes(apns.CertificatePem)));
        await ChannelDefinitions.ApplyAsync(installation,
            $$"""
            { "push": {
                "fcm": { "serviceAccountFile": "{{account}}", "baseUrl": "{{fcm.BaseUrl}}" },
                "apns": { "keyFile": "{{key}}", "keyId": "KEY4567890", "teamId": "TEAM567890", "topic": "com.example.loop", "baseUrl": "{{apns.BaseUrl}}", "certificateFile": "{{roots}}" } } }
            """);
        fcm.FailFor("Device-3", new DoubleFault(404, FcmDouble.Error(404, "NOT_FOUND", "UNREGISTERED")));
        apns.FailFor(new string('c', 64), ApnsDouble.Refusal(410, "Unregistered"));
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var rows = Enumerable.Range(0, 40).Select(i => ChannelDefinitions.Row("", ChannelDefinitions.Push, $"N{i}", token: $"Device-{i}", platform: "fcm"))
            .Concat("abcdef".Select(digit => ChannelDefinitions.Row("", ChannelDefinitions.Push, "Apple", token: new string(digit, 64), platform: "apns"))).ToList();
        var file = installation.Drop(rows);
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), silo);

        var ledger = books.AssertBalance(file, rows.Count);
        Assert.Equal(["apns:" + new string('c', 64), "fcm:Device-3"], ledger.Where(entry => entry.Value == RecipientState.Failed).Select(entry => entry.Key).Order(StringComparer.Ordinal));
        Assert.Equal(44, ledger.Values.Count(state => state == RecipientState.Sent));
        Assert.Equal(39, fcm.Messages.Count);
        Assert.Equal(5, apns.Taken.Count);
        Assert.All(apns.Taken, request => Assert.Equal("HTTP/2", request.Protocol));

        // Another file in name and content: the same one would be refused as a repetition.
        var next = installation.Drop(rows.AsEnumerable().Reverse());
        await Eventually.ThatAsync("end of the next mailing", () => books.IsFinished(next), silo);

        // Left out by the reader of the file already, as whoever is on the blocklist.
        Assert.Equal(44, books.Ledger(next).Count);
        Assert.Equal(78, fcm.Messages.Count);
        var export = await installation.ExportAsync(silo);
        Assert.Equal(2, export.Rows("responses").Count(row => row["category"] == "fatal_bounce"));
    }

    private static string Number(int i) => FormattableString.Invariant($"+49151{i:00000000}");

    private static async Task<HttpStatusCode> PostAsync(SiloProcess silo, string more, params (string Name, string Value)[] form)
    {
        var fields = form.Select(field => KeyValuePair.Create(field.Name, field.Value)).ToList();
        using var content = new FormUrlEncodedContent(fields);
        content.Headers.Add("X-Twilio-Signature", TwilioSignature.Of("https://news.example.org/channels/sms/demo/twilio" + more, fields, TwilioDouble.AuthToken));
        using var response = await silo.SendAsync(HttpMethod.Post, "/channels/sms/demo/twilio" + more, content);
        return response.StatusCode;
    }
}
