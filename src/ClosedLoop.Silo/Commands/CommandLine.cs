using System.CommandLine;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Definitions;

namespace ClosedLoop.Silo.Commands;

/// <summary>The command line <c>closedloop</c>: data to standard output, everything else to standard error.</summary>
public static class CommandLine
{
    /// <summary>
    /// Time to stop in when asked to. Longer than the host's own limit of 30 s: a process cut off while a group is on the wire leaves
    /// that group in doubt.
    /// </summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    public static Option<bool> Quiet() => new("--quiet") { Recursive = true, Hidden = true };

    public static Option<bool> NoColor() => new("--no-color") { Recursive = true, Hidden = true };

    /// <summary>All commands.</summary>
    public static RootCommand Root(Option<bool> quiet, Option<bool> noColor)
    {
        var root = new RootCommand("ClosedLoop sends campaigns and brings back everything that happens to them. Every command takes --quiet (nothing but results and faults) and --no-color (as NO_COLOR); every option has a variable, as CLOSEDLOOP_DROP_TIMEOUT for --timeout of drop.");
        root.Options.Add(quiet);
        root.Options.Add(noColor);
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(ServeCommand.Create());
        root.Subcommands.Add(DoctorCommand.Create());
        root.Subcommands.Add(DrainCommand.Create());
        root.Subcommands.Add(HealthCommand.Create());
        root.Subcommands.Add(ApplyCommand.Create());
        root.Subcommands.Add(CheckCommand.Create());
        root.Subcommands.Add(PlanCommand.Create());
        root.Subcommands.Add(SimulateCommand.Create());
        root.Subcommands.Add(DropCommand.Create());
        root.Subcommands.Add(LintCommand.Create());
        root.Subcommands.Add(RenderCommand.Create());
        root.Subcommands.Add(StatusCommand.Create());
        root.Subcommands.Add(TopCommand.Create());
        root.Subcommands.Add(LogsCommand.Create());
        root.Subcommands.Add(FilesCommand.Create());
        root.Subcommands.Add(MailingsCommand.Create());
        root.Subcommands.Add(OrdersCommand.Create());
        root.Subcommands.Add(QueuesCommand.Create());
        root.Subcommands.Add(AddressListCommand.Blocklist());
        root.Subcommands.Add(AddressListCommand.Untracked());
        root.Subcommands.Add(RecipientsCommand.Create());
        root.Subcommands.Add(TraceCommand.Create());
        root.Subcommands.Add(GdprCommand.Create());
        root.Subcommands.Add(ResponsesCommand.Create());
        root.Subcommands.Add(ExportCommand.Create());
        root.Subcommands.Add(OptimoveCommand.Create());
        root.Subcommands.Add(UsersCommand.Create());
        root.Subcommands.Add(KeysCommand.Create());
        root.Subcommands.Add(DbCommand.Create());
        root.Subcommands.Add(ProofCommand.Create());
        root.Subcommands.Add(InitCommand.Create());
        root.Subcommands.Add(ConfigCommand.Create());
        root.Subcommands.Add(LicencesCommand.Create());
        root.Subcommands.Add(CompletionCommand.Create());
        root.Subcommands.Add(SinkCommand.Create());
        return root;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        var (quiet, noColor) = (Quiet(), NoColor());
        var root = Root(quiet, noColor);
        var (full, variables) = FlagVariables.Apply(root, args, Environment.GetEnvironmentVariable);
        var parsed = root.Parse(full);
        if (parsed.Errors.Count > 0)
        {
            foreach (var line in UsageError.Lines(parsed)) await Console.Error.WriteLineAsync(line);
            if (variables.Count > 0) await Console.Error.WriteLineAsync($"Also read, from the environment: {string.Join(", ", variables)}.");
            return ExitCode.Usage;
        }

        Talk.IsQuiet = parsed.GetValue(quiet);
        if (parsed.GetValue(noColor)) Environment.SetEnvironmentVariable("NO_COLOR", "1");

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopTimeout });
        }
        catch (CommandException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
        catch (SettingsException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Configuration;
        }
        catch (DefinitionException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Configuration;
        }
        catch (SchemaTooNewException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Fatal;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
#pragma warning disable CA1031 // the last resort: a message and a code instead of a stack trace
        catch (Exception e)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync($"CL2000: {e.GetType().Name}: {e.Message}");
            return ExitCode.Other;
        }
    }
}
