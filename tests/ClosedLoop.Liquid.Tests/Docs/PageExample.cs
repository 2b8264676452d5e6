using System.Text.Json;

namespace ClosedLoop.Liquid.Tests.Docs;

/// <summary>One example of docs/templates.md; renders as a mailing does.</summary>
internal sealed record PageExample
{
    /// <summary>Line of the page (from 1) where the block begins.</summary>
    public required int Line { get; init; }

    public required bool IsHtml { get; init; }

    public LiquidDialect Dialect { get; init; }

    public Dictionary<string, string> Functions { get; init; } = [];

    public Dictionary<string, JsonElement> Notes { get; init; } = [];

    public required string Template { get; init; }

    /// <summary>The recipient's columns, read bare and below <c>recipient</c>.</summary>
    public Dictionary<string, JsonElement> Columns { get; init; } = [];

    /// <summary>System fields, read bare.</summary>
    public Dictionary<string, JsonElement> System { get; init; } = [];

    public Dictionary<string, JsonElement> Campaign { get; init; } = [];

    public Dictionary<string, JsonElement> Data { get; init; } = [];

    public Dictionary<string, JsonElement> Products { get; init; } = [];

    public Dictionary<string, JsonElement> Recommendations { get; init; } = [];

    public Dictionary<string, string> Partials { get; init; } = [];

    public string? Output { get; init; }

    public string? Error { get; init; }

    /// <summary>What the template writes, or the message of its error.</summary>
    public string Run()
    {
        var slots = new List<LiquidSlot>();
        foreach (var (name, value) in Columns)
        {
            var type = TypeOf(value);
            slots.Add(new LiquidSlot("recipient." + name, slots.Count / 2, type));
            slots.Add(new LiquidSlot(name, slots.Count / 2, type));
        }

        slots.AddRange(System.Keys.Select((name, i) => new LiquidSlot(name, Columns.Count + i)));
        var row = new TestRow([.. Columns.Values.Concat(System.Values).Select(value => TextOf(value))]);
        var options = new LiquidParseOptions
        {
            TemplateName = IsHtml ? "html" : "text",
            AutoEscape = IsHtml ? LiquidAutoEscape.HtmlContext : LiquidAutoEscape.None,
            Schema = new LiquidSchema(slots, Dialect == LiquidDialect.Liquid ? ["campaign"] : [], ignoreCase: true),
            Dialect = Dialect,
            Catalogue = Products.Count == 0 ? null : new TestCatalogue(Products, Recommendations),
            DialectNames = new LiquidDialectNames
            {
                Functions = Functions,
                Notes = Notes.ToDictionary(note => note.Key, note => note.Value.GetString()!, StringComparer.Ordinal),
                Aliases = System.Keys.Where(name => name == "unsubscribe_url").ToDictionary(_ => "bmUnsubscribeUrl", name => name, StringComparer.Ordinal),
            },
            RequirePartials = true,
            PartialLoader = Partials.Count == 0 ? null : new LiquidPartials(Partials),
        };
        try
        {
            return LiquidTemplate.Parse(Template, options)
                .Bind(new Dictionary<string, object?>(StringComparer.Ordinal) { ["campaign"] = Campaign })
                .RenderToString(Data.Count == 0 ? null : Data, row);
        }
        catch (LiquidException e)
        {
            return e.Message;
        }
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private static LiquidSlotType TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetInt64(out _) ? LiquidSlotType.Integer : LiquidSlotType.Decimal,
        JsonValueKind.True or JsonValueKind.False => LiquidSlotType.Boolean,
        _ => LiquidSlotType.String,
    };
}
