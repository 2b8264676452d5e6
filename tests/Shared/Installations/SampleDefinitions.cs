using System.Globalization;

namespace ClosedLoop.Testing.Installations;

/// <summary>The client <c>demo</c> and its source mailing as definition files.</summary>
internal static class SampleDefinitions
{
    /// <summary>Targets of the tracked links, in order.</summary>
    public static readonly IReadOnlyList<string> Targets = ["https://shop.example.org/spring?city=Gent", "https://shop.example.org/imprint"];

    /// <param name="folder">Where to.</param>
    /// <param name="unknown"><c>mail.unknown</c>.</param>
    /// <param name="more">Further keys of the client, each with a comma after it.</param>
    /// <param name="import">Further keys of <c>import</c>, with a comma before each.</param>
    /// <param name="mail">Further keys of <c>mail</c>, with a comma before each.</param>
    public static void Write(string folder, string unknown, string more = "", string import = "", string mail = "")
    {
        Put(Path.Combine(folder, "demo", "client.json"),
            $$"""
            {
              "id": 90000000001, "key": "demo", "name": "Demo",
              "list": { "fields": [
                { "name": "email", "displayName": "Email", "required": true },
                { "name": "broadmail_id", "displayName": "broadmail_ID", "type": "long", "required": true },
                { "name": "wave_id", "displayName": "WAVE_ID", "type": "long" },
                { "name": "salutation", "displayName": "Salutation" },
                { "name": "firstname", "displayName": "First name" },
                { "name": "lastname", "displayName": "Last name" },
                { "name": "city", "displayName": "City", "length": 60 }
              ] },
              "sender": { "address": "letters@news.example.org", "name": "Oak & Kettle", "returnPathDomain": "bounce.example.org" },
              "import": { "pollSeconds": 1{{import}} },{{more}}
              "mail": { "unknown": "{{unknown}}"{{mail}} },
              "export": { "enabled": true, "nonAnonymisedAccepted": true }
            }
            """);
        WriteMailing(folder, Installation.Source);
    }

    public static void WriteMailing(string folder, long id, string start = "afterImport")
    {
        var mailing = Path.Combine(folder, "demo", "mailings", id.ToString(CultureInfo.InvariantCulture));
        Put(Path.Combine(mailing, "mailing.json"),
            $$"""{ "id": {{id.ToString(CultureInfo.InvariantCulture)}}, "name": "Spring", "start": "{{start}}", "subject": "{{"{{ firstname }}"}}, spring is here", "html": "body.html", "text": "body.txt" }""");
        Put(Path.Combine(mailing, "body.html"),
            """
            <html><body><p>Hello {{ lastname }},</p>
            <p><a href="https://shop.example.org/spring?city={{ city | url_encode }}">See</a> or
            <a href="https://shop.example.org/imprint">imprint</a>, <a href="{{ unsubscribe_url }}">unsubscribe</a>.</p></body></html>
            """);
        Put(Path.Combine(mailing, "body.txt"), "Hello {{ lastname }}. Unsubscribe: {{ unsubscribe_url }}\n");
    }

    private static void Put(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
