using ClosedLoop.Model.Mailings;
using ClosedLoop.Silo.Definitions;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Definitions;

public sealed class ChannelCheckTests : IDisposable
{
    private const string Fields = """ "list": { "fields": [ { "name": "email" }, { "name": "broadmail_id", "type": "long" }, { "name": "firstname" }, { "name": "phone" }, { "name": "push_token" }, { "name": "push_platform" } ] }""";
    private const string Twilio = """ "twilio": { "accountSid": "AC1", "authTokenSetting": "OAK_TOKEN" }""";
    private const string Sms = $$""" "sms": { "from": "Oak",{{Twilio}} }""";
    private const string Push = """ "push": { "fcm": { "serviceAccountFile": "/etc/oak.json" } }""";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Mailings_of_all_channels_are_read()
    {
        Write($"{Sms},{Push}", """{ "id": 1, "name": "x", "channel": "sms", "text": "body.txt", "sms": { "from": "{{ firstname }}" } }""");
        _folder.Write("oak/mailings/push/mailing.json", """{ "id": 2, "name": "y", "channel": "push", "push": { "title": "{{ firstname }}", "fcm": "fcm.json" } }""");
        _folder.Write("oak/mailings/push/fcm.json", """{ "data": { "who": "{{ firstname }}" } }""");
        var set = DefinitionFolder.Read(_folder.Path);
        Assert.Equal([MessageChannel.Push, MessageChannel.Sms], set.Mailings.Select(mailing => mailing.Channel));
        Assert.All(set.Mailings, mailing => Assert.False(mailing.TrackClicks));
        Assert.Contains("who", set.Mailings[0].Push!.Fcm, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "sms": { "from": "Oak" }""", "names 0 providers")]
    [InlineData($$""" "sms": { {{Twilio}}, "smpp": { "host": "h", "systemId": "s", "passwordSetting": "P" } }""", "names 2 providers")]
    [InlineData($$""" "sms": { "addressField": "mobile", {{Twilio}} }""", "'mobile', which is no column")]
    [InlineData($$""" "sms": { "countryCode": "+49", {{Twilio}} }""", "channels.sms.countryCode")]
    [InlineData($$""" "sms": { "from": "Oak & Kettle & Sons", {{Twilio}} }""", "channels.sms.from")]
    [InlineData($$""" "sms": { "maxSegments": 256, {{Twilio}} }""", "channels.sms.maxSegments is 256")]
    [InlineData($$""" "sms": { "timeoutSeconds": 601, {{Twilio}} }""", "channels.sms.timeoutSeconds is 601")]
    [InlineData($$""" "sms": { "perSecond": 0.001, {{Twilio}} }""", "channels.sms.perSecond")]
    [InlineData(""" "sms": { "twilio": { "accountSid": "AC1", "authTokenSetting": "s3cret-token!" } }""", "not the token itself")]
    [InlineData(""" "sms": { "twilio": { "accountSid": "AC1", "authTokenSetting": "T", "baseUrl": "http://sms.example.com" } }""", "expected https")]
    [InlineData(""" "sms": { "http": { "url": "https://x.example/", "rules": [ { "status": "200", "means": "fine" } ] } }""", "means is 'fine'")]
    [InlineData(""" "sms": { "http": { "url": "https://x.example/", "rules": [ { "means": "retry" } ] } }""", "fits every answer")]
    [InlineData(""" "sms": { "smpp": { "host": "h", "systemId": "s", "passwordSetting": "P", "window": 1001 } }""", "window is 1001")]
    [InlineData(""" "sms": { "smpp": { "host": "h", "systemId": "s", "passwordSetting": "P", "long": "cut" } }""", "long is 'cut'")]
    [InlineData(""" "push": { }""", "neither fcm nor apns")]
    [InlineData(""" "push": { "platformField": "os", "fcm": { "serviceAccountFile": "/a" } }""", "no defaultPlatform")]
    [InlineData(""" "push": { "fcm": { "serviceAccountFile": "a.json" } }""", "expected an absolute path")]
    [InlineData(""" "push": { "apns": { "keyFile": "/a.p8", "keyId": "short", "teamId": "TEAM567890", "topic": "t" } }""", "keyId has 5 characters")]
    public void A_client_that_cannot_send_is_refused(string channels, string said)
    {
        Write(channels, DefinitionFiles.Mailing);
        Assert.Contains(Faults(), fault => fault.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Push, """{ "id": 1, "name": "x", "channel": "sms", "text": "body.txt" }""", "channel is sms, which the client does not have")]
    [InlineData(Sms, """{ "id": 1, "name": "x", "channel": "sms" }""", "text is missing")]
    [InlineData(Sms, """{ "id": 1, "name": "x", "channel": "sms", "text": "body.txt", "html": "body.txt" }""", "html is given")]
    [InlineData($$""" "sms": { {{Twilio}} }""", """{ "id": 1, "name": "x", "channel": "sms", "text": "body.txt" }""", "sms.from is missing")]
    [InlineData(Push, """{ "id": 1, "name": "x", "channel": "push" }""", "push is missing")]
    [InlineData(Push, """{ "id": 1, "name": "x", "channel": "push", "push": { } }""", "push is empty")]
    [InlineData(Push, """{ "id": 1, "name": "x", "channel": "push", "push": { "title": "x", "data": { "from": "y" } } }""", "reserved")]
    [InlineData(Push, """{ "id": 1, "name": "x", "channel": "push", "push": { "title": "x", "timeToLiveSeconds": 2419201 } }""", "timeToLiveSeconds is 2419201")]
    [InlineData(Push, """{ "id": 1, "name": "x", "channel": "push", "push": { "fcm": "body.txt" } }""", "is no JSON")]
    [InlineData(Push, """{ "id": 1, "name": "x", "channel": "push", "push": { "title": "{% if %}" } }""", "push.title")]
    [InlineData(Sms, """{ "id": 1, "name": "x", "subject": "x", "text": "body.txt", "push": { "title": "x" } }""", "channel mail")]
    [InlineData(Sms, """{ "id": 1, "name": "x", "text": "body.txt" }""", "subject is missing")]
    public void A_mailing_that_cannot_be_sent_is_refused(string channels, string mailing, string said)
    {
        Write(channels, mailing);
        Assert.Contains(Faults(), fault => fault.Contains(said, StringComparison.Ordinal));
    }

    private void Write(string channels, string mailing)
    {
        _folder.Write("oak/client.json", $$"""{ "id": 90000000001, "key": "oak",{{Fields}}, "sender": { "address": "letters@example.org" }, "channels": {{{channels}} } }""");
        _folder.Write("oak/mailings/spring/mailing.json", mailing);
        _folder.Write("oak/mailings/spring/body.txt", "Hello {{ firstname }}");
    }

    private IReadOnlyList<string> Faults() => Assert.Throws<DefinitionException>(() => DefinitionFolder.Read(_folder.Path)).Faults;
}
