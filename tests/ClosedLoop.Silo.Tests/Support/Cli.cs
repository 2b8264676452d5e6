using ClosedLoop.Silo.Commands;

namespace ClosedLoop.Silo.Tests.Support;

/// <summary>One run of the command line in this process, with what it wrote.</summary>
internal sealed record Cli(int ExitCode, string Out, string Error)
{
    public System.Text.Json.JsonElement Json() => System.Text.Json.JsonDocument.Parse(Out).RootElement;

    private static readonly SemaphoreSlim One = new(1, 1);

    /// <summary>Runs with the console diverted; the console belongs to the process, so one run at a time.</summary>
    public static async Task<Cli> RunAsync(params string[] args)
    {
        await One.WaitAsync();
        var (standard, diagnostic) = (Console.Out, Console.Error);
        using var output = new StringWriter();
        using var error = new StringWriter();
        try
        {
            Console.SetOut(output);
            Console.SetError(error);
            var code = await CommandLine.RunAsync(args);
            return new Cli(code, output.ToString(), error.ToString());
        }
        finally
        {
            Console.SetOut(standard);
            Console.SetError(diagnostic);
            One.Release();
        }
    }
}
