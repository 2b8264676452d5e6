using System.CommandLine;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>completion bash|zsh|fish|pwsh</c>: what to put into the shell's start file. The program itself knows what may come next, so the script never grows old.</summary>
internal static class CompletionCommand
{
    private const string Bash =
        """
        _closedloop() {
          local IFS=$'\n'
          COMPREPLY=($(closedloop "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null))
        }
        complete -o default -F _closedloop closedloop
        """;

    private const string Zsh =
        """
        #compdef closedloop
        _closedloop() {
          local -a words_found
          words_found=("${(@f)$(closedloop "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -a words_found
        }
        compdef _closedloop closedloop
        """;

    private const string Fish =
        """
        complete -c closedloop -a '(closedloop "[suggest:"(string length (commandline -cp))"]" (commandline -cp) 2>/dev/null)'
        """;

    private const string Pwsh =
        """
        Register-ArgumentCompleter -Native -CommandName closedloop -ScriptBlock {
          param($wordToComplete, $commandAst, $cursorPosition)
          closedloop "[suggest:$cursorPosition]" "$commandAst" 2>$null | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh (PowerShell)." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command("completion", "Prints a completion script: closedloop completion bash > /etc/bash_completion.d/closedloop.") { shell };
        command.SetAction((parsed, _) =>
        {
            Console.Out.WriteLine(parsed.GetValue(shell) switch { "bash" => Bash, "zsh" => Zsh, "fish" => Fish, _ => Pwsh });
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }
}
