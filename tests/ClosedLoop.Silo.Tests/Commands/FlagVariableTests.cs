using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Commands;

/// <summary>Every option of every command has a variable.</summary>
[Collection("console and environment")]
public sealed class FlagVariableTests
{
    private static readonly RootCommand Root = CommandLine.Root(CommandLine.Quiet(), CommandLine.NoColor());

    [Fact]
    public void Every_option_of_every_command_takes_its_value_from_its_own_variable()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (command, path) in Leaves(Root, []))
        {
            foreach (var option in command.Options.Where(option => option is not HelpOption))
            {
                var name = FlagVariables.NamesOf(path, option)[0];
                Assert.True(names.Add(name), $"{name} stands for two options");
                Assert.Equal("CLOSEDLOOP_" + string.Join('_', [.. path, option.Name[2..]]).Replace('-', '_').ToUpperInvariant(), name);
                var value = ValueFor(option);
                var (args, used) = FlagVariables.Apply(Root, [.. path], variable => variable == name ? value : null);
                Assert.Equal([name], used);
                var result = Root.Parse(args).GetResult(option);
                Assert.True(result is { Implicit: false } && !result.Errors.Any() && result.Tokens.Any(token => token.Value == value), $"{name}={value} of {string.Join(' ', path)} {option.Name}");
            }
        }

        Assert.InRange(names.Count, 150, int.MaxValue);
    }

    [Theory]
    [InlineData("status", "--data=/srv/x")]
    [InlineData("render a.liquid", null)]
    public void What_means_the_same_everywhere_has_one_variable_for_all_commands_that_have_it(string line, string? added) =>
        Assert.Equal(added, FlagVariables.Apply(Root, line.Split(' '), name => name == "CLOSEDLOOP_DATA" ? "/srv/x" : null).Args.Skip(line.Split(' ').Length).SingleOrDefault());

    [Fact]
    public void The_more_specific_variable_and_then_the_command_line_go_first()
    {
        static string? Read(string name) => name switch { "CLOSEDLOOP_STATUS_DATA" => "own", "CLOSEDLOOP_DATA" => "all", _ => null };
        Assert.Equal(["status", "--data=own"], FlagVariables.Apply(Root, ["status"], Read).Args);
        Assert.Equal(["status", "--data", "given"], FlagVariables.Apply(Root, ["status", "--data", "given"], Read).Args);
    }

    [Fact]
    public void Several_values_stand_on_several_lines_and_arguments_stay_arguments() => Assert.Equal(
        ["optimove", "status", "--set=A=1", "--set=B=2;3", "--", "x"],
        FlagVariables.Apply(Root, ["optimove", "status", "--", "x"], name => name == "CLOSEDLOOP_OPTIMOVE_STATUS_SET" ? "A=1\n B=2;3\n" : null).Args);

    [Theory]
    [InlineData("files", "ls", "--help")]
    [InlineData("[suggest:10]", "files ls")]
    public void Help_and_completion_do_not_depend_on_the_environment(params string[] args) => Assert.Empty(FlagVariables.Apply(Root, args, _ => "nonsense").Used);

    [Fact]
    public async Task A_variable_that_cannot_be_read_is_named()
    {
        Environment.SetEnvironmentVariable("CLOSEDLOOP_ORDERS_LS_LIMIT", "many");
        try
        {
            var run = await Cli.RunAsync("orders", "ls");
            Assert.Equal(ExitCode.Usage, run.ExitCode);
            Assert.Contains("CLOSEDLOOP_ORDERS_LS_LIMIT", run.Error, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("CLOSEDLOOP_ORDERS_LS_LIMIT", null);
        }
    }

    private static IEnumerable<(Command Command, string[] Path)> Leaves(Command command, string[] path)
    {
        if (command.Subcommands.Count == 0) yield return (command, path);
        foreach (var leaf in command.Subcommands.SelectMany(each => Leaves(each, [.. path, each.Name]))) yield return leaf;
    }

    private static string ValueFor(Option option)
    {
        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        if (type == typeof(bool)) return "true";
        if (type != typeof(string) && type != typeof(string[])) return "7";
        return option.GetCompletions(CompletionContext.Empty).FirstOrDefault()?.Label ?? "a=b";
    }
}
