using System.Globalization;
using ClosedLoop.Data.Access;
using ClosedLoop.Model;
using ClosedLoop.Operations.Actions;

namespace ClosedLoop.Silo.Commands;

/// <summary>What the commands about users and keys have in common.</summary>
internal static class AccessText
{
    public static readonly string[] Roles = ["viewer", "operator", "admin"];

    public static string Role(OperatorRole role) => Roles[(int)role];

    public static string? Time(long? microseconds) =>
        microseconds is { } at ? Instants.FromMicroseconds(at).ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) : null;

    /// <exception cref="CommandException">The action was refused before it was tried.</exception>
    public static ActionResult Tried(ActionResult result) => result.IsAnswer
        ? result
        : throw new CommandException(result.Status == 404 ? ExitCode.NotFound : ExitCode.Usage, $"{result.Code}: {result.Text}.");

    /// <summary>Prints what came of an action.</summary>
    public static int Print(ActionResult result, bool json)
    {
        if (json) Output.WriteJson(new { schema = Output.Schema, done = result.Done, text = result.Text });
        else Console.Out.WriteLine(result.Text);
        return result.Done ? ExitCode.Ok : ExitCode.Refused;
    }
}
