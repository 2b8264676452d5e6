using System.Text.Json;

namespace ClosedLoop.Testing.Installations;

/// <summary>How a command ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public static Task<CommandResult> OfAsync(params IReadOnlyList<string> arguments) => OfAsync(new Dictionary<string, string>(), arguments);

    public static async Task<CommandResult> OfAsync(IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> arguments)
    {
        await using var process = new ClosedLoopProcess(arguments, environment);
        var exitCode = await process.ExitCodeAsync();
        return new CommandResult(exitCode, process.Output, process.Error);
    }

    public CommandResult Succeeded()
    {
        return ExitCode == 0 ? this : throw new InvalidOperationException($"exit code {ExitCode}: {Output}{Error}");
    }

    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }
}
