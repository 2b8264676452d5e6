namespace ClosedLoop.Scenarios.Support;

/// <summary>The client <c>demo</c> with SMS and push, and source mailings of both beside one of mail.</summary>
internal static class ChannelDefinitions
{
    public const long Mail = Installation.Source;
    public const long Sms = 71000000200;
    public const long Push = 71000000300;

    /// <param name="installation">Whose definitions are replaced.</param>
    /// <param name="channels">The value of <c>channels</c>.</param>
    public static async Task ApplyAsync(Installation installation, string channels)
    {
        Put(installation, "client.json",
            $$"""
            {
              "id": 90000000001, "key": "demo", "name": "Demo",
              "list": { "fields": [
                { "name": "email", "required": true },
                { "name": "broadmail_id", "type": "long", "required": true },
                { "name": "wave_id", "type": "long" },
                { "name": "firstname" },
                { "name": "lastname" },
                { "name": "city" },
                { "name": "phone" },
                { "name": "push_token", "length": 4000 },
                { "name": "push_platform" }
              ] },
              "sender": { "address": "letters@news.example.org", "returnPathDomain": "bounce.example.org" },
              "import": { "pollSeconds": 1 },
              "channels": {{channels}},
              "export": { "enabled": true, "nonAnonymisedAccepted": true }
            }
            """);
        if (channels.Contains("\"sms\"", StringComparison.Ordinal)) PutSms(installation);
        if (channels.Contains("\"push\"", StringComparison.Ordinal)) PutPush(installation);
        (await installation.RunAsync("apply", installation.Definitions)).Succeeded();
    }

    private static void PutSms(Installation installation)
    {
        Put(installation, "mailings/sms/mailing.json", $$"""{ "id": {{Sms}}, "name": "Text", "channel": "sms", "text": "body.txt" }""");
        Put(installation, "mailings/sms/body.txt", "Hello {{ firstname }}, doors open at 9.\n");
    }

    private static void PutPush(Installation installation) => Put(installation, "mailings/push/mailing.json",
            $$$"""{ "id": {{{Push}}}, "name": "Push", "channel": "push", "push": { "title": "For {{ firstname }}", "body": "Doors open at 9", "data": { "city": "{{ city }}" } } }""");

    /// <summary>What an operator sets before going live.</summary>
    public static void GoLive(Installation installation)
    {
        var environment = installation.Environment;
        environment["ClosedLoop__Delivery__Mode"] = "Live";
        environment["ClosedLoop__Delivery__ClientName"] = "mail.example.org";
        environment["ClosedLoop__Tracking__BaseUrl"] = "https://news.example.org";
    }

    public static string Row(string email, long source, string name = "Anna", string phone = "", string token = "", string platform = "") =>
        FormattableString.Invariant($"{email};{source};501;{name};Berg;Gent;{phone};{token};{platform}");

    private static void Put(Installation installation, string name, string text)
    {
        var path = Path.Combine(installation.Definitions, "demo", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
