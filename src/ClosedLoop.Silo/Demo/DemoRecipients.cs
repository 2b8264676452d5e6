using System.Globalization;
using System.Text;

namespace ClosedLoop.Silo.Demo;

/// <summary>
/// Writes the demonstration's recipient file: invented people, the same for the same arguments, three rows wrong on purpose.
/// </summary>
internal static class DemoRecipients
{
    /// <summary>Rows that must be rejected.</summary>
    public const int Wrong = 3;

    /// <summary>Fewest rows that leave room for everything the demonstration shows.</summary>
    public const int Fewest = 20;

    private const string Source = "71000000000";

    private static readonly string[] FirstNames =
        ["Anna", "Björn", "Chloé", "David", "Élodie", "Farah", "Grzegorz", "Hana", "Inês", "Jürgen", "Li", "Małgorzata", "Noah", "Olga", "Søren", "Zuzana"];

    private static readonly string[] LastNames =
        ["Berg", "Dubois", "Fernández", "Jensen", "Kowalski", "Müller", "Nagy", "Novák", "O'Neil", "Peeters", "Rossi", "Silva", "Wei", "van den \"Bos\"", "Wójcik"];

    private static readonly string[] Cities = ["Aarhus", "Brno", "Gent", "Göteborg", "Kraków", "Lyon", "Málaga", "Porto; Gaia", "Tübingen", ""];

    /// <summary>What the sink does with a recipient is decided by the address; see the sink's script.</summary>
    public static DemoRole RoleOf(int index) => (index % 1000) switch
    {
        23 or 523 => DemoRole.HardBounce,
        31 or 331 or 631 => DemoRole.MailboxFull,
        _ when index is 123 => DemoRole.HardBounce,
        _ when index is 131 or 181 => DemoRole.MailboxFull,
        _ => DemoRole.Reads,
    };

    /// <summary>Streams the file under its temporary name and renames it, as a customer must.</summary>
    /// <returns>The final name.</returns>
    public static string Write(string folder, int rows, DateTime stamp, string run)
    {
        var name = stamp.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "_subscribers.csv";
        var temporary = Path.Combine(folder, name + ".tmp");
        using (var writer = new StreamWriter(temporary, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
        {
            for (var i = 0; i < rows; i++) writer.WriteLine(Row(i, rows, run));
        }

        File.Move(temporary, Path.Combine(folder, name));
        return name;
    }

    private static string Row(int index, int rows, string run)
    {
        var first = FirstNames[index % FirstNames.Length];
        var last = LastNames[index / 3 % LastNames.Length];
        var address = Address(index, run);
        var city = Cities[index / 7 % Cities.Length];

        // The last three rows carry one fault each: no @, no address, a city that is too long.
        if (index == rows - 3) address = address.Replace('@', ' ');
        if (index == rows - 2) address = "";
        if (index == rows - 1) city = new string('x', 61);
        return string.Create(CultureInfo.InvariantCulture,
            $"{address};{Source};501;{(index % 4 == 0 ? "" : index % 2 == 0 ? "Ms" : "Mr")};{Quote(first)};{(index % 11 == 0 ? "" : Quote(last))};{Quote(city)};{index * 37 % 1200}");
    }

    private static string Address(int index, string run) => RoleOf(index) switch
    {
        DemoRole.HardBounce => string.Create(CultureInfo.InvariantCulture, $"hard.{index}.{run}@example.org"),
        DemoRole.MailboxFull => string.Create(CultureInfo.InvariantCulture, $"full.{index}.{run}@example.org"),
        _ => string.Create(CultureInfo.InvariantCulture, $"reader.{index}.{run}@example.org"),
    };

    private static string Quote(string value) => value.Length == 0 ? "" : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
