using System.CommandLine;
using System.CommandLine.Help;
using System.Diagnostics;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Commands;

/// <summary>What scripts may expect of every verb.</summary>
[Collection("console and environment")]
public sealed class EveryVerbTests
{
    /// <summary>Verbs without a document of their own: what they put out is the thing itself, or they run until they are stopped.</summary>
    private static readonly string[] WithoutDocument =
    [
        "serve", "sink", "completion", "init", "render", "recipients message", "proof", "gdpr erase",
    ];

    private static readonly RootCommand Root = CommandLine.Root(CommandLine.Quiet(), CommandLine.NoColor());

    [Fact]
    public void Every_verb_has_a_document_for_programs() =>
        Assert.Equal(WithoutDocument.Order(StringComparer.Ordinal), Verbs().Where(verb => !Has(verb.Command, "--json")).Select(verb => verb.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Whatever_waits_has_a_time_limit() => Assert.Empty(Verbs().Where(verb => Has(verb.Command, "--wait") && !Has(verb.Command, "--timeout")).Select(verb => verb.Name));

    [Fact]
    public void Every_list_can_fail_when_it_is_empty() =>
        Assert.Empty(Verbs().Where(verb => verb.Name.EndsWith(" ls", StringComparison.Ordinal) && !Has(verb.Command, "--fail-if-empty")).Select(verb => verb.Name));

    [Fact]
    public void Every_option_and_argument_is_explained() => Assert.Empty(Verbs().SelectMany(verb => verb.Command.Options.Where(option => option is not HelpOption && string.IsNullOrWhiteSpace(option.Description)).Select(option => $"{verb.Name} {option.Name}")
        .Concat(verb.Command.Arguments.Where(argument => string.IsNullOrWhiteSpace(argument.Description)).Select(argument => $"{verb.Name} {argument.Name}"))));

    [Fact]
    public void Every_verb_takes_quiet_and_no_color()
    {
        foreach (var (name, _) in Verbs()) Assert.DoesNotContain(Root.Parse([.. name.Split(' '), "--quiet", "--no-color"]).Errors, error => error.Message.Contains("--quiet", StringComparison.Ordinal) || error.Message.Contains("--no-color", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Each_shell_has_a_script_that_asks_the_program(string shell)
    {
        var run = await Cli.RunAsync("completion", shell);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("[suggest:", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bash_completes_with_what_the_program_suggests()
    {
        var script = (await Cli.RunAsync("completion", "bash")).Out;
        var start = new ProcessStartInfo("bash", ["-c", script + "\nclosedloop() { printf 'asked %s|%s\\nls\\n' \"$1\" \"$2\"; }\nCOMP_LINE='closedloop files l'\nCOMP_POINT=18\n_closedloop\nprintf '%s\\n' \"${COMPREPLY[@]}\""])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var bash = Process.Start(start)!;
        Assert.Equal(["asked [suggest:18]|closedloop files l", "ls"], (await bash.StandardOutput.ReadToEndAsync()).Trim().Split('\n'));
        await bash.WaitForExitAsync();

        // The program answers what the script asks.
        Assert.Contains("ls", (await Cli.RunAsync("[suggest:18]", "closedloop files l")).Out.ReplaceLineEndings("\n").Split('\n'));
    }

    private static bool Has(Command command, string option) => command.Options.Any(each => each.Name == option);

    private static IEnumerable<(string Name, Command Command)> Verbs() => Verbs(Root, []);

    private static IEnumerable<(string Name, Command Command)> Verbs(Command command, string[] path)
    {
        if (command.Action is not null && path.Length > 0) yield return (string.Join(' ', path), command);
        foreach (var verb in command.Subcommands.SelectMany(each => Verbs(each, [.. path, each.Name]))) yield return verb;
    }
}
