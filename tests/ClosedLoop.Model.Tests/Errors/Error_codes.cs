using System.Text.RegularExpressions;
using ClosedLoop.Model.Errors;

namespace ClosedLoop.Model.Tests.Errors;

public sealed partial class Error_codes
{
    [Fact]
    public void Table_holds_every_code_of_the_specification_and_two_of_our_own()
    {
        string[] specified =
        [
            "E101", "E102", "E103", "E104", "E105", "E106", "E108", "E109", "E110", "E111", "E112", "E113", "E199",
            "E201", "E202", "E204", "E205", "E206", "E301", "E302", "E303", "E304", "E305", "E306", "E308",
            "E401", "E402", "E403", "E404", "E405", "E406", "E501",
            "W151", "W152", "W153", "W154", "W203", "W207", "W208", "W209", "W308", "W402", "W403", "W407",
            "L600", "L601", "L602", "L603", "L604", "L605", "L606", "R701", "X801",
        ];
        string[] ours = ["W155", "W210"];
        Assert.Equal(specified.Concat(ours).Order(StringComparer.Ordinal), ErrorCodes.All.Select(c => c.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_code_is_found_and_says_what_is_wrong_and_what_to_do()
    {
        foreach (var code in ErrorCodes.All)
        {
            Assert.Same(code, ErrorCodes.Find(code.Code));
            Assert.InRange(code.Text.Length, 5, 60);
            Assert.InRange(code.Hint.Length, 20, 250);
            Assert.EndsWith(".", code.Hint, StringComparison.Ordinal);
        }

        Assert.Equal(ErrorCodes.All.Count, ErrorCodes.All.Select(c => c.Text).Distinct(StringComparer.Ordinal).Count());
        Assert.Null(ErrorCodes.Find("E107"));
    }

    [Fact]
    public void The_page_for_users_lists_the_same_codes_effects_and_texts()
    {
        var rows = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "errors.md")))
            .Select(m => (m.Groups["code"].Value, m.Groups["effect"].Value, m.Groups["text"].Value, m.Groups["hint"].Value));
        Assert.Equal(ErrorCodes.All.Select(c => (c.Code, c.Effect.ToString(), c.Text, c.Hint)).Order(), rows.Order());
    }

    [GeneratedRegex(@"^\| (?<code>[A-Z][0-9]{3}) \| (?<effect>\w+) \| (?<text>.*?) \| (?<hint>.*?) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
