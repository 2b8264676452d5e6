namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>Every screen with something on it.</summary>
internal static class ScreenList
{
    public static async Task<IReadOnlyList<(string Name, string Path)>> OfAsync(Demonstration demonstration)
    {
        var mailings = (await demonstration.GetAsync("/api/v1/mailings")).GetProperty("items");
        var mailing = mailings[mailings.GetArrayLength() - 1].GetProperty("id").GetInt64();
        var source = mailings[0].GetProperty("sourceId").GetInt64();
        return
        [
            ("overview", "/"), ("overview-day", "/?span=24h"), ("files", "/files"), ("file", "/files/1"), ("file-row", "/files/1?row=3"), ("file-empty", "/files/1?empty=firstname"), ("mailings", "/mailings"), ("mailing", $"/mailings/{mailing}"), ("recipients", "/recipients"),
            ("recipient", $"/recipients?q={mailing}.7"), ("recipient-unknown", "/recipients?q=nobody@example.net"), ("message", $"/messages/{mailing}/7"), ("delivery", "/delivery"), ("responses", "/responses"),
            ("exports", "/exports"), ("export", "/exports/1"), ("connectors", "/connectors"), ("clients", "/clients"), ("client", "/clients/demo"), ("source", $"/sources/{source}?row=3"), ("sink", "/sink"),
            ("sink-mail", "/sink/1"), ("system", "/system"), ("audit", "/audit"), ("alerts", "/alerts"), ("bulk", "/bulk"), ("access", "/access"), ("not-found", "/nowhere"), ("files-none", "/files?search=nothing-has-this-name"),
        ];
    }
}
