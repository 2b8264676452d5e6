using System.Text.RegularExpressions;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Tests.Orders;

public sealed partial class Keys_and_their_page
{
    [Fact]
    public void Table_holds_every_key_of_the_specification() =>
        Assert.Equal([.. Enumerable.Range(1, 20).Select(i => $"E-{i:00}"), "E-99"], OrderErrorCodes.All.Where(code => !code.IsWarning).Select(code => code.Key));

    [Fact]
    public void Page_lists_the_same_keys_and_words()
    {
        var rows = Row().Matches(File.ReadAllText(Repository.PathOf("docs", "errors.md")))
            .Select(m => new OrderErrorCode(m.Groups["key"].Value, m.Groups["status"].Value.Trim('`').Replace("–", "", StringComparison.Ordinal), m.Groups["text"].Value, m.Groups["cause"].Value, m.Groups["hint"].Value));
        Assert.Equal(OrderErrorCodes.All, rows);
    }

    [GeneratedRegex(@"^\| (?<key>[EW]-[0-9]{2}) \| (?<status>.*?) \| (?<text>.*?) \| (?<cause>.*?) \| (?<hint>.*?) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
