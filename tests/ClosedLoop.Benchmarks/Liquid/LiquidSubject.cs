using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClosedLoop.Liquid;

namespace ClosedLoop.Benchmarks.Liquid;

/// <summary>The template under test with its data: columns of a recipient, and what is frozen with the campaign.</summary>
internal sealed class LiquidSubject
{
    private const string Frozen = "campaign";
    private const int Rotation = 1000;

    private LiquidSubject(string template, string templateFile, JsonObject data)
    {
        Template = template;
        TemplateFile = templateFile;
        Json = data.ToJsonString();
        var slots = new List<LiquidSlot>();
        var values = new List<string>();
        foreach (var (path, value) in Columns(data))
        {
            slots.Add(new LiquidSlot(path, values.Count));
            values.Add(value);
        }

        Options = new LiquidParseOptions { TemplateName = Path.GetFileName(templateFile), Schema = new LiquidSchema(slots, [Frozen]) };
        Row = new BlobRow(values);
        Rows = [.. Enumerable.Range(0, Rotation).Select(i => new BlobRow([.. values.Select((v, column) => Vary(slots[column].Path, v, i))]))];
        using var document = JsonDocument.Parse(new JsonObject { [Frozen] = data[Frozen]?.DeepClone() }.ToJsonString());
        Campaign = LiquidData.From(document.RootElement.Clone());
    }

    public string Template { get; }

    public string TemplateFile { get; }

    /// <summary>All data as one object, which is what peers read.</summary>
    public string Json { get; }

    public LiquidParseOptions Options { get; }

    public LiquidData Campaign { get; }

    public BlobRow Row { get; }

    /// <summary>Recipients that differ in length and in the branches they take.</summary>
    public IReadOnlyList<BlobRow> Rows { get; }

    /// <exception cref="FileNotFoundException">The newsletter is not where the shared data is looked for.</exception>
    public static LiquidSubject Load(LiquidArguments arguments)
    {
        var template = arguments.Template ?? Path.Combine(SharedFolder(), "newsletter", "newsletter.liquid");
        var data = arguments.Data is { } file
            ? JsonNode.Parse(File.ReadAllText(file))!.AsObject()
            : new JsonObject
            {
                ["recipient"] = Recipient(),
                [Frozen] = JsonNode.Parse(File.ReadAllText(Path.Combine(SharedFolder(), "newsletter", "campaign.json"))),
                ["message_id"] = "m-00000017",
            };
        return new LiquidSubject(File.ReadAllText(template), Path.GetFullPath(template), data);
    }

    private static JsonObject Recipient() => new()
    {
        ["id"] = "17",
        ["email"] = "lukasz.o'brien.17@example.test",
        ["first_name"] = "łukasz",
        ["last_name"] = "O'brien",
        ["company"] = "O'brien & Sons; \"Köln\" branch",
        ["city"] = "Köln",
        ["country"] = "PL",
        ["language"] = "pl",
        ["segment"] = "gold",
        ["points"] = "4321",
        ["signup_date"] = "2019-07-04",
        ["coupon"] = "GO-1A2B3C4D",
    };

    private static IEnumerable<(string Path, string Value)> Columns(JsonObject data)
    {
        foreach (var (name, value) in data)
        {
            if (value is JsonObject inner && name != Frozen)
            {
                foreach (var (column, text) in inner) yield return ($"{name}.{column}", text?.ToString() ?? "");
            }
            else if (name != Frozen)
            {
                yield return (name, value?.ToString() ?? "");
            }
        }
    }

    private static string Vary(string path, string value, int number) => path[(path.LastIndexOf('.') + 1)..] switch
    {
        "segment" => (number % 4) switch { 0 => "gold", 1 => "silver", 2 => "bronze", _ => "new" },
        "company" => number % 5 < 3 ? "" : value,
        "coupon" => number % 10 < 3 ? "" : string.Create(CultureInfo.InvariantCulture, $"GO-{number * 2654435761L & 0xFFFFFFFF:X8}"),
        "points" => (number * 37 % 5000).ToString(CultureInfo.InvariantCulture),
        "first_name" => number % 5 == 0 ? value : ((string[])["Anna", "jan", "Maria", "Thomas", "Björn", "Chloé"])[number % 6],
        "email" => string.Create(CultureInfo.InvariantCulture, $"{value}.{number}"),
        _ => value,
    };

    private static string SharedFolder()
    {
        if (Environment.GetEnvironmentVariable("CLOSEDLOOP_SHARED") is { Length: > 0 } named) return Path.Combine(named, "data");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ClosedLoop.sln"))) return Path.Combine(folder.FullName, "..", "shared", "data");
        }

        throw new FileNotFoundException("the shared data was not found; set CLOSEDLOOP_SHARED, or give --template and --data");
    }
}
