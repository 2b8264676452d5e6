using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace ClosedLoop.Silo.Commands;

/// <summary>
/// Every option of every command may be given by a variable, too: <c>CLOSEDLOOP_FILES_LS_LIMIT</c> is <c>--limit</c> of <c>files ls</c>. Options that mean the same
/// everywhere have one for all commands as well, such as <c>CLOSEDLOOP_DATA</c>. The command line goes before both.
/// </summary>
internal static class FlagVariables
{
    private const string Prefix = "CLOSEDLOOP_";

    /// <summary>Adds what variables say to a command line.</summary>
    /// <param name="root">All commands.</param>
    /// <param name="args">The command line as it was given.</param>
    /// <param name="read">Value of a variable; <c>null</c> or empty when it is not set.</param>
    /// <returns>The command line to be carried out, and the variables that were used.</returns>
    public static (string[] Args, IReadOnlyList<string> Used) Apply(RootCommand root, string[] args, Func<string, string?> read)
    {
        // What completes a line or explains a command must work whatever the environment says.
        if (args is [['[', ..], ..]) return (args, []);
        var parsed = root.Parse(args);
        if (parsed.Action is HelpAction || parsed.CommandResult.Command.Subcommands.Count > 0) return (args, []);
        var (added, used) = (new List<string>(), new List<string>());
        foreach (var option in OptionsOf(parsed.CommandResult))
        {
            if (parsed.GetResult(option.Option) is { Implicit: false }) continue;
            if (NamesOf(option.Path, option.Option).FirstOrDefault(name => !string.IsNullOrEmpty(read(name))) is not { } variable) continue;
            used.Add(variable);

            // With an equals sign a value can begin with a dash, and none is taken for an argument.
            added.AddRange(Values(option.Option, read(variable)!).Select(value => $"{option.Option.Name}={value}"));
        }

        var end = Array.IndexOf(args, "--");
        if (end < 0) end = args.Length;
        return ([.. args[..end], .. added, .. args[end..]], used);
    }

    /// <summary>Names of the variables of an option, the more specific one first.</summary>
    /// <param name="path">Names of the commands that lead to the one that has it.</param>
    /// <param name="option">The option.</param>
    public static IReadOnlyList<string> NamesOf(IReadOnlyList<string> path, Option option)
    {
        var own = Name([.. path, option.Name]);
        return option is IEveryCommandOption ? [own, Name([option.Name])] : [own];
    }

    private static string Name(IEnumerable<string> parts) => Prefix + string.Join('_', parts.Select(part => part.TrimStart('-').Replace('-', '_').ToUpperInvariant()));

    private static IEnumerable<(Option Option, List<string> Path)> OptionsOf(CommandResult result)
    {
        for (var at = result; at is not null; at = at.Parent as CommandResult)
        {
            var path = PathOf(at);
            foreach (var option in at.Command.Options)
            {
                if ((at == result || option.Recursive) && option is not HelpOption and not VersionOption) yield return (option, path);
            }
        }
    }

    private static List<string> PathOf(CommandResult result)
    {
        var names = new List<string>();
        for (var at = result; at.Parent is CommandResult parent; at = parent) names.Insert(0, at.Command.Name);
        return names;
    }

    private static string[] Values(Option option, string text)
    {
        if (option.ValueType == typeof(bool)) return [text switch { "1" or "yes" => "true", "0" or "no" => "false", _ => text }];
        return option.Arity.MaximumNumberOfValues > 1 ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [text];
    }
}
