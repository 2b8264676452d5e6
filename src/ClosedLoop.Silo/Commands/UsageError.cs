using System.CommandLine;

namespace ClosedLoop.Silo.Commands;

/// <summary>What to say of a command line that cannot be read.</summary>
internal static class UsageError
{
    /// <summary>The first fault, because one word too many makes a fault of every word after it, and what is expected.</summary>
    public static IEnumerable<string> Lines(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var verbs = command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name).ToList();

        // With verbs to choose from, whatever is wrong is that none was chosen.
        if (verbs.Count > 0)
        {
            var found = parsed.UnmatchedTokens.Count > 0 ? $"'{parsed.UnmatchedTokens[0]}' is none of them" : "none was given";
            yield return $"CL2001: {PathOf(parsed)} is followed by one of {string.Join(", ", verbs)}; {found}.";
        }
        else
        {
            foreach (var error in parsed.UnmatchedTokens.Count > 0 ? parsed.Errors.Take(1) : parsed.Errors) yield return "CL2001: " + error.Message;
        }

        yield return $"See {PathOf(parsed)} --help.";
    }

    private static string PathOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result.Parent is System.CommandLine.Parsing.CommandResult parent; result = parent) names.Insert(0, result.Command.Name);
        return string.Join(' ', ["closedloop", .. names]);
    }
}
