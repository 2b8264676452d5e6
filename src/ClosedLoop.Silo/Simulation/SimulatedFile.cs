using System.Globalization;
using System.Text;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;
using ClosedLoop.Silo.Commands;

namespace ClosedLoop.Silo.Simulation;

/// <summary>Writes a recipient file of invented people for any client's list. The domains are reserved (RFC 2606 section 3), so that nobody could ever be reached.</summary>
internal sealed class SimulatedFile(ClientDefinition client, long source, Scenario scenario, string run)
{
    private static readonly string[] Domains = ["example.org", "example.com", "example.net"];
    private static readonly string[] FirstNames = ["Anna", "Björn", "Chloé", "David", "Élodie", "Farah", "Grzegorz", "Hana", "Inês", "Jürgen", "Li", "Noah", "Olga", "Søren", "Zuzana"];
    private static readonly string[] LastNames = ["Berg", "Dubois", "Fernández", "Jensen", "Kowalski", "Müller", "Novák", "O'Neil", "Peeters", "Rossi", "Wei", "van den \"Bos\"", "Wójcik"];
    private static readonly string[] Cities = ["Aarhus", "Brno", "Gent", "Göteborg", "Kraków", "Lyon", "Málaga", "Porto; Gaia", "Tübingen"];

    private readonly Cast _cast = new(scenario);

    /// <summary>The number of the person an address belongs to; null for every other address.</summary>
    public static int? IndexOf(string address, string run)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && address[..at].Split('.') is [_, var number, var mark] && mark == run && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }

    /// <summary>Whom the built-in sink refuses follows from the beginning of the address.</summary>
    public static string Address(int index, Fate fate, string run) => string.Create(CultureInfo.InvariantCulture,
        $"{fate switch { Fate.Refused => "hard", Fate.Full => "full", _ => "reader" }}.{index}.{run}@{Domains[index % Domains.Length]}");

    /// <exception cref="CommandException">CL9665: a column that must have a value cannot be invented.</exception>
    public void Write(string path)
    {
        foreach (var field in client.List.Fields.Where(field => field is { Required: true, Content: FieldContent.RefText or FieldContent.RefImage or FieldContent.RefLink or FieldContent.RefAttachment or FieldContent.ProductId }))
            throw new CommandException(ExitCode.Refused, $"CL9665: column {field.Name} of client {client.Key} must have a value that cannot be invented (content {field.Content}).");
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        for (var i = 0; i < scenario.Recipients; i++) writer.WriteLine(string.Join(';', client.List.Fields.Select(field => Cell(field, i))));
    }

    private string Cell(FieldDefinition field, int index)
    {
        if (Is(field, ListDefinition.EmailField))
        {
            var fate = _cast.FateOf(index);
            return fate == Fate.Rejected ? Address(index, fate, run).Replace('@', ' ') : Address(index, fate, run);
        }

        if (Is(field, ListDefinition.SourceField)) return source.ToString(CultureInfo.InvariantCulture);
        if (Is(field, ListDefinition.WaveField)) return "";
        return field.Content is FieldContent.Plain or FieldContent.Html ? Quoted(Value(field, index)) : "";
    }

    private static string Value(FieldDefinition field, int index) => field.Type switch
    {
        FieldType.Short or FieldType.Integer or FieldType.Long => (index * 37L % 1200).ToString(CultureInfo.InvariantCulture),
        FieldType.Decimal or FieldType.Float => string.Create(CultureInfo.InvariantCulture, $"{index % 100}.{index * 7 % 10}"),
        FieldType.Date => new DateOnly(1950, 1, 1).AddDays(index * 131 % 20_000).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldType.Timestamp => new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(index * 977L % 1_000_000).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        FieldType.Boolean => index % 2 == 0 ? "true" : "false",
        _ => Cut(Word(field.Name, index), field.EffectiveLength),
    };

    private static string Word(string name, int index)
    {
        bool Has(string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);
        if (Has("salutation") || Has("gender")) return index % 2 == 0 ? "Ms" : "Mr";
        if (Has("lastname") || Has("last_name") || Has("surname")) return LastNames[index / 3 % LastNames.Length];
        if (Has("name")) return FirstNames[index % FirstNames.Length];
        return Has("city") || Has("town") ? Cities[index / 7 % Cities.Length] : string.Create(CultureInfo.InvariantCulture, $"{name} {index % 100}");
    }

    private static bool Is(FieldDefinition field, string name) => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    private static string Quoted(string value) => value.AsSpan().ContainsAny('"', ';') ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
