using System.Globalization;

namespace ClosedLoop.Scenarios.Support;

/// <summary>The client <c>demo</c> with columns that hold addresses, and a mailing with files and a sender of its own.</summary>
internal static class ContentDefinitions
{
    /// <summary>Octets of the picture beside the template.</summary>
    public static readonly byte[] Logo = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 9, 9, 9];

    public static async Task ApplyAsync(Installation installation)
    {
        var folder = Path.Combine(installation.Definitions, "demo");
        await File.WriteAllTextAsync(Path.Combine(folder, "client.json"),
            """
            {
              "id": 90000000001, "key": "demo", "name": "Demo",
              "list": { "fields": [
                { "name": "email", "required": true }, { "name": "broadmail_id", "type": "long", "required": true }, { "name": "wave_id", "type": "long" },
                { "name": "city" }, { "name": "shop" },
                { "name": "teaser", "type": "text", "content": "ref-text" },
                { "name": "coupon", "type": "text", "content": "ref-link" },
                { "name": "documents", "type": "text", "content": "ref-attachment" }
              ] },
              "sender": { "address": "letters@news.example.org", "allowedDomains": ["shops.example.org"] },
              "content": { "allowedHosts": ["127.0.0.1", "127.0.0.2"] },
              "notify": { "to": ["ops@example.org"] },
              "import": { "pollSeconds": 1 },
              "export": { "enabled": true, "nonAnonymisedAccepted": true }
            }
            """);
        var mailing = Path.Combine(folder, "mailings", Installation.Source.ToString(CultureInfo.InvariantCulture));
        await File.WriteAllTextAsync(Path.Combine(mailing, "mailing.json"),
            $$$"""
            {
              "id": {{{Installation.Source.ToString(CultureInfo.InvariantCulture)}}}, "name": "Spring", "subject": "Spring in {{ city }}", "html": "body.html", "text": "body.txt",
              "sender": { "address": "{{ shop }}", "name": "Shop {{ city }}", "replyTo": "answers@example.net" },
              "embedImages": true, "attachments": [{ "file": "files/terms.txt" }]
            }
            """);
        await File.WriteAllTextAsync(Path.Combine(mailing, "body.html"),
            """
            <html><body><img src="images/logo.png" alt="Oak &amp; Kettle">{{ teaser }}{% if teaser != blank %}<a href="https://shop.example.org/more">More</a>{% endif %}
            <a href="{{ coupon }}">Coupon</a> <a href="{{ unsubscribe_url }}">unsubscribe</a></body></html>
            """);
        await File.WriteAllTextAsync(Path.Combine(mailing, "body.txt"), "{{ teaser }}\n{{ unsubscribe_url }}\n");
        Directory.CreateDirectory(Path.Combine(mailing, "images"));
        Directory.CreateDirectory(Path.Combine(mailing, "files"));
        await File.WriteAllBytesAsync(Path.Combine(mailing, "images", "logo.png"), Logo);
        await File.WriteAllTextAsync(Path.Combine(mailing, "files", "terms.txt"), "Terms\r\n");
        (await installation.RunAsync("apply", installation.Definitions)).Succeeded();
    }

    /// <summary>One row of the list.</summary>
    public static string Row(string address, string teaser = "", string coupon = "", string documents = "", string city = "Gent", string shop = "gent@shops.example.org") =>
        string.Create(CultureInfo.InvariantCulture, $"{address};{Installation.Source};501;{city};{shop};{teaser};{coupon};{documents}");
}
