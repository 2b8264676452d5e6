using ClosedLoop.Mail.Sink;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>One file with a mailing of each channel, through the running program in its safe mode: all of it lands in the sink, nothing anywhere else.</summary>
public sealed class ChannelsInTheSink
{
    private const string Channels =
        """
        { "sms": { "from": "Oak", "countryCode": "49", "twilio": { "accountSid": "AC1", "authTokenSetting": "NOT_SET_ANYWHERE" } },
          "push": { "fcm": { "serviceAccountFile": "/nowhere/account.json" } } }
        """;

    [Fact]
    public async Task Each_group_goes_to_the_address_of_its_channel()
    {
        using var installation = await Installation.CreateAsync();
        await ChannelDefinitions.ApplyAsync(installation, Channels);
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var file = installation.Drop(
        [
            ChannelDefinitions.Row("anna@example.org", ChannelDefinitions.Mail),
            ChannelDefinitions.Row("", ChannelDefinitions.Sms, "Ben", "0151 234-567 89"),
            ChannelDefinitions.Row("cleo@example.org", ChannelDefinitions.Sms, "Cleo", "+33 6 12 34 56 78"),
            ChannelDefinitions.Row("", ChannelDefinitions.Sms, "Twice", "0049 151 23456789"),
            ChannelDefinitions.Row("", ChannelDefinitions.Sms, "Nobody", "not a number"),
            ChannelDefinitions.Row("", ChannelDefinitions.Push, "Dora", token: "Device-1", platform: "Android"),
            ChannelDefinitions.Row("", ChannelDefinitions.Push, "Emil", token: "Device-2", platform: "ios"),
        ]);
        await Eventually.ThatAsync("end of the mailings", () => books.IsFinished(file), silo);

        var ledger = books.AssertBalance(file, rows: 7);
        Assert.Equal(["+33612345678", "+4915123456789", "anna@example.org", "fcm:Device-1"], ledger.Keys.Order(StringComparer.Ordinal));
        Assert.All(ledger.Values, state => Assert.Equal(RecipientState.Sent, state));
        var sink = books.Sink();
        Assert.Equal(4, sink.Count);
        Assert.Equal("Hello Ben, doors open at 9.", TextOf(installation, "+4915123456789@sms.invalid"));
        var push = TextOf(installation, sink.Single(record => record.To[0].EndsWith("@push.invalid", StringComparison.Ordinal)).To[0]);
        Assert.Contains("\"title\": \"For Dora\"", push, StringComparison.Ordinal);
        Assert.Contains("\"city\": \"Gent\"", push, StringComparison.Ordinal);

        // The number that is none, the one that is there twice, and the device whose service the client does not use.
        Assert.Equal(["E202", "E202", "W203"], Codes(installation, file));
        var export = await installation.ExportAsync(silo);
        Assert.Equal(ledger.Keys.Order(StringComparer.Ordinal), export.Rows("mailingrecipients").Select(row => row["userId"]).Order(StringComparer.Ordinal));
        Assert.All(export.Rows("mailingrecipients"), row => Assert.Equal("sent", row["sendingStatus"]));
    }

    private static string TextOf(Installation installation, string address)
    {
        var record = installation.Books.SinkByAddress()[address].Single();
        return Mail.Mime.MimeMessage.Parse(SinkLedger.ReadMessage(installation.Books.SinkLedgerPath, record)).TextBody!.Trim().ReplaceLineEndings("\n");
    }

    private static List<string> Codes(Installation installation, string file) =>
    [
        .. Enumerable.Range(0, (int)installation.Books.Scalar("SELECT COUNT(*) FROM file_problem WHERE file_id = $1", installation.Books.FileId(file)))
            .Select(i => installation.Books.Text("SELECT code FROM file_problem WHERE file_id = $1 ORDER BY code LIMIT 1 OFFSET $2", installation.Books.FileId(file), i)),
    ];
}
