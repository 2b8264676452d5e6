using System.Globalization;
using System.Text;
using ClosedLoop.Benchmarks.Pipeline;
using ClosedLoop.Intake.Orders.Accounts;

namespace ClosedLoop.Benchmarks.Orders;

/// <summary>An account and an order with the columns of the benchmark's subscribers file.</summary>
internal static class OrderContent
{
    private static readonly string[] Fields = ["email", "source", "wave", "salutation", "firstname", "lastname", "city", "segment", "points", "shop", "code", "note"];

    public static void WriteAccount(string definitions)
    {
        var fields = string.Join(", ", Fields.Skip(1).Select(field => $$"""{ "name": "{{field}}" }"""));
        File.WriteAllText(
            Path.Combine(definitions, PipelineContent.Client, "account.json"),
            $$"""
            {
              "key": "{{PipelineContent.Client}}", "apiKeys": ["{{TokenHash.Of("K")}}"], "users": [{ "suid": "{{TokenHash.Of("S")}}", "email": "a@example.org" }],
              "databases": [{ "id": 1, "fields": [{ "name": "email", "role": "email" }, {{fields}}, { "name": "XML_DELIVERY_CODE" }] }],
              "groups": [{ "id": 1, "database": 1 }], "senderDomains": ["example.org"],
              "xmlDelivery": { "enabled": true, "pollSeconds": 1, "csvSeparator": ";" }
            }
            """);
    }

    /// <summary>The subscribers file with a header before it.</summary>
    public static void WriteList(string recipients, string path)
    {
        using var target = File.Create(path);
        target.Write(Encoding.UTF8.GetBytes(string.Join(';', Fields) + "\n"));
        using var source = File.OpenRead(recipients);
        source.CopyTo(target);
    }

    public static string Order => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <contactlab><auth><suid>S</suid><key>K</key></auth><campaign><email><newsletter>1</newsletter>
        <recipients><new_recipients><csv_file>list.csv</csv_file></new_recipients></recipients>
        <delivery method="auto"><remove_duplicates/></delivery>
        <message><headers><subject>Hello</subject><mail_from><address>a@example.org</address></mail_from><reply_to>a@example.org</reply_to></headers>
        <preferred_content>simple_text</preferred_content><body><text><content>Hello</content></text></body></message></email></campaign></contactlab>
        """);
}
