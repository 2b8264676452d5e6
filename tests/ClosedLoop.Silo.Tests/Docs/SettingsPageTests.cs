using System.Text.RegularExpressions;
using ClosedLoop.Model.Clients;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Definitions;

namespace ClosedLoop.Silo.Tests.Docs;

/// <summary>docs/settings.md and the types say the same.</summary>
public sealed partial class SettingsPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Repository.PathOf("docs", "settings.md"));

    [Fact]
    public void Every_setting_of_the_service_is_on_the_page_with_its_default() =>
        AssertSame("## Service", SettingRow.Of(typeof(SiloSettings), SiloSettings.Section + ":", ":", camelCase: false));

    [Fact]
    public void Every_key_of_a_client_is_on_the_page_with_its_default() =>
        AssertSame("## client.json", SettingRow.Of(typeof(ClientDefinition), "", ".", camelCase: true));

    [Fact]
    public void Every_key_of_a_mailing_is_on_the_page_with_its_default() =>
        AssertSame("## mailing.json", SettingRow.Of(typeof(MailingFile), "", ".", camelCase: true));

    [Fact]
    public void Every_service_setting_names_its_environment_variable()
    {
        foreach (var row in Rows("## Service")) Assert.Equal(row.Key.Replace(":", "__", StringComparison.Ordinal), row.Cells[4].Trim('`'));
    }

    [Fact]
    public void Every_row_has_a_type_and_a_reason()
    {
        foreach (var row in Rows("## Service").Concat(Rows("## client.json")).Concat(Rows("## mailing.json")))
        {
            Assert.False(string.IsNullOrWhiteSpace(row.Cells[1]), $"{row.Key} has no type");
            Assert.False(string.IsNullOrWhiteSpace(row.Cells[3]), $"{row.Key} has no reason");
        }
    }

    private static void AssertSame(string heading, IEnumerable<SettingRow> expected)
    {
        var rows = Rows(heading).ToList();
        var settings = expected.ToList();
        Assert.Equal(settings.Select(setting => setting.Key), rows.Select(row => row.Key));
        foreach (var (setting, row) in settings.Zip(rows))
        {
            Assert.Equal($"{setting.Key}: {setting.Default}", $"{row.Key}: {row.Cells[2].Trim('`')}");
            foreach (var word in setting.Choices) Assert.Contains($"`{word}`", row.Cells[1], StringComparison.Ordinal);
        }
    }

    /// <summary>Rows of the table below a heading: key, type and unit, default, reason and whatever follows.</summary>
    private static IEnumerable<(string Key, string[] Cells)> Rows(string heading)
    {
        var below = Page.SkipWhile(line => line != heading).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));
        foreach (var line in below.Where(line => line.StartsWith("| `", StringComparison.Ordinal)))
        {
            var cells = Separator().Split(line.Trim('|', ' ')).Select(cell => cell.Trim()).ToArray();
            yield return (cells[0].Trim('`'), cells);
        }
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Separator();
}
