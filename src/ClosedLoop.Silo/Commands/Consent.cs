using System.CommandLine;

namespace ClosedLoop.Silo.Commands;

/// <summary>Asks a person on a terminal before something that cannot be taken back. A script is never asked.</summary>
internal static class Consent
{
    public static Option<bool> Yes() => new("--yes") { Description = "Does not ask on a terminal; nothing is ever asked without one." };

    /// <exception cref="CommandException">The answer was no (exit code 8).</exception>
    public static void Ask(ParseResult parsed, Option<bool> yes, string question)
    {
        if (parsed.GetValue(yes) || Console.IsInputRedirected || Console.IsErrorRedirected) return;
        Console.Error.Write(question + " [y/N] ");
        if (Console.In.ReadLine()?.Trim().ToUpperInvariant() is not ("Y" or "YES")) throw new CommandException(ExitCode.Refused, "CL9682: nothing was changed; --yes does not ask.");
    }
}
