using System.Globalization;
using System.Text;

namespace ClosedLoop.Benchmarks.Pipeline;

/// <summary>The client, source mailing and recipient file of the benchmark: a newsletter of the asked size with 20 personal outputs and 14 tracked links.</summary>
internal static class PipelineContent
{
    public const string Client = "bench";
    private const string Source = "71000000000";

    private static readonly string[] Products = ["Oak stool", "Beech tray", "Ash ladle", "Walnut bowl", "Cherry comb", "Pine crate"];

    /// <summary>Writes the definition files.</summary>
    public static void WriteDefinitions(string folder, int bytes)
    {
        var mailing = Path.Combine(folder, Client, "mailings", "letter");
        Directory.CreateDirectory(mailing);
        File.WriteAllText(Path.Combine(folder, Client, "client.json"),
            """
            {
              "id": 90000000001,
              "key": "bench",
              "list": { "fields": [
                { "name": "email", "required": true }, { "name": "broadmail_id", "type": "long", "required": true }, { "name": "wave_id", "type": "long" },
                { "name": "salutation" }, { "name": "firstname" }, { "name": "lastname" }, { "name": "city" }, { "name": "segment" },
                { "name": "points", "type": "integer" }, { "name": "shop" }, { "name": "code" }, { "name": "note" } ] },
              "sender": { "address": "letters@news.example.org", "name": "Oak & Kettle" },
              "import": { "pollSeconds": 1 }
            }
            """);
        File.WriteAllText(Path.Combine(mailing, "mailing.json"),
            """{ "id": 71000000000, "name": "letter", "subject": "{{ firstname }}, six things for {{ city }}", "html": "body.html", "text": "body.txt", "campaign": { "season": "Spring" } }""");
        File.WriteAllText(Path.Combine(mailing, "body.html"), Html(bytes));
        File.WriteAllText(Path.Combine(mailing, "body.txt"), Text());
    }

    /// <summary>Writes the recipient file; 12 columns, a few quoted, one row in five with letters outside ASCII.</summary>
    public static void WriteRecipients(string path, int rows)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16) { NewLine = "\n" };
        for (var i = 0; i < rows; i++)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"reader.{i}@example.org;{Source};501;{(i % 2 == 0 ? "Ms" : "Mr")};{(i % 5 == 0 ? "Zoë" : "Anna")};Berg{i % 997};{(i % 10 == 0 ? "\"Porto; Gaia\"" : "Tartu")};{(i % 3 == 0 ? "gold" : "silver")};{i % 2000};shop{i % 40};C{i:000000};{(i % 4 == 0 ? "" : "regular")}"));
        }
    }

    private static string Html(int bytes)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{{ campaign.season }}</title></head><body>\n");
        html.Append("<h1>Hello {{ salutation }} {{ lastname }},</h1>\n<p>{{ firstname }}, here is what is new for {{ city }}.</p>\n");
        html.Append("{% if segment == 'gold' %}<p>As a {{ segment | upcase }} member you travel free.</p>{% else %}<p>You have {{ points }} points.</p>{% endif %}\n");
        foreach (var product in Products)
        {
            html.Append(CultureInfo.InvariantCulture,
                $"<table><tr><td><a href=\"https://shop.example.org/p/{product.Replace(' ', '-')}?c={{{{ code }}}}\">{product}</a> for {{{{ firstname }}}}</td><td><a href=\"https://shop.example.org/{product.Replace(' ', '-')}\">at {{{{ shop }}}}</a></td></tr></table>\n");
        }

        html.Append("<p>{{ note | default: 'Dear reader' }}: {{ points | plus: 100 }} points wait. <a href=\"{{ unsubscribe_url }}\">Unsubscribe</a></p>\n");

        // Prose up to the asked size: static text is most of a newsletter. The text part, links and headers take about 2,100 octets.
        for (var n = 0; html.Length < bytes - 2_100; n++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0 0 14px 0;font-size:15px\">{n}. The evenings get longer, the kettle is on more often, and the workshop has been busy with orders.</p>\n");
        }

        return html.Append("</body></html>\n").ToString();
    }

    private static string Text() =>
        """
        Hello {{ salutation }} {{ lastname }},

        {{ firstname }}, here is what is new for {{ city }}. You have {{ points }} points.

        See all: https://shop.example.org/all?c={{ code }}
        The journal: https://shop.example.org/journal
        Unsubscribe: {{ unsubscribe_url }}
        """;
}
