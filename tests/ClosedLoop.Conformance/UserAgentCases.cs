using System.Globalization;
using System.Text.Json;
using ClosedLoop.Responses.UserAgents;

namespace ClosedLoop.Conformance;

/// <summary>
/// Compares the user-agent parser with a case file in the form of ua-parser/uap-core's tests, one JSON object a line.
/// Rules of comparison: a browser counts by family, major and minor, as it is exported; a system by family and up to three version parts.
/// <c>Other</c> is our <c>unknown</c>. For robots, libraries, apps and televisions the name expected or <c>unknown</c> is right.
/// </summary>
internal static class UserAgentCases
{
    public static int Run(string file, TextWriter output)
    {
        var cases = File.ReadLines(file)
            .Where(line => !string.IsNullOrWhiteSpace(line))
            .Select(line => JsonSerializer.Deserialize<UserAgentCase>(line)!)
            .ToList();
        var systems = UserAgentFamilies.AreSystems(cases);
        int passed = 0, failed = 0, named = 0, exact = 0;
        foreach (var one in cases)
        {
            var parsed = UserAgent.Parse(one.Header);
            var actual = systems ? parsed.Platform : parsed.Browser;
            var expected = one.Family == UserAgentFamilies.Other ? UserAgent.Unknown : one.Expected(systems ? 3 : 2);
            var unknownIsRight = systems ? UserAgentFamilies.SystemsElsewhere.Contains(one.Family) : !UserAgentFamilies.Browsers.Contains(one.Family);
            named += unknownIsRight ? 0 : 1;
            var isExact = actual == expected || (one.HasFillerVersion && actual == one.Family);
            exact += !unknownIsRight && isExact ? 1 : 0;
            if (isExact || (unknownIsRight && actual == UserAgent.Unknown))
            {
                passed++;
                continue;
            }
            failed++;
            output.WriteLine($"expected {expected}, found {actual}: {one.Header}");
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(systems ? "operating systems" : "browsers")}: {exact} of {named} that must be named exactly; the other {cases.Count - named} are robots, apps or devices"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed"));
        return failed == 0 ? 0 : 1;
    }
}
