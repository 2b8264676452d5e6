using System.CommandLine;
using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Clients;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary>Options that several commands have, and the settings that come of them.</summary>
internal static class SharedOptions
{
    public static Option<bool> Json() => new EveryCommandOption<bool>("--json") { Description = "One JSON document (schema closedloop.cli/v1) on standard output." };

    public static Option<string?> Data() => new EveryCommandOption<string?>("--data") { Description = "Folder of the database, keys and drop folders (ClosedLoop:Data)." };

    public static Option<string[]> Set() => new("--set")
    {
        Description = "A setting, as in --set Delivery:Mode=Sink; may be given several times.",
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<bool> FailIfEmpty() => new("--fail-if-empty") { Description = "Exit code 9 when there is nothing, for scripts." };

    /// <summary>Seconds after which a command gives up with exit code 10.</summary>
    /// <param name="what">What the time is for.</param>
    /// <param name="seconds">When it is not given.</param>
    public static Option<int> TimeOut(string what, int seconds = 600) => new("--timeout")
    {
        Description = $"{what}: seconds, or 90s, 15m, 2h; exit code 10 when it is over.",
        DefaultValueFactory = _ => seconds,
        CustomParser = Durations.Seconds,
    };

    /// <summary>Exit code of a command that lists something.</summary>
    public static int Listed(ParseResult parsed, Option<bool> failIfEmpty, int count) => count == 0 && parsed.GetValue(failIfEmpty) ? ExitCode.NothingToDo : ExitCode.Ok;

    /// <summary>The client with a key.</summary>
    /// <exception cref="CommandException">There is none (exit code 4).</exception>
    public static ClientDefinition ClientOf(OfflineStore store, string key) =>
        store.Get<DefinitionStore>().FindClient(key)?.Value ?? throw new CommandException(ExitCode.NotFound, $"CL2005: client '{key}' does not exist.");

    /// <summary>
    /// Settings, weakest first: <c>appsettings.json</c> beside the program and in the current folder, environment variables such as
    /// <c>ClosedLoop__Data</c>, then the command line.
    /// </summary>
    public static SiloSettings Settings(string? data, string[]? set = null) => Read(data, set).Settings;

    /// <summary>The same, with what it was read from.</summary>
    public static (SiloSettings Settings, IConfigurationRoot Configuration) Read(string? data, string[]? set = null)
    {
        var overrides = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in set ?? [])
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0) throw new CommandException(ExitCode.Usage, $"CL2002: --set '{pair}': expected KEY=VALUE, as in Delivery:Mode=Sink.");
            overrides[$"{SiloSettings.Section}:{pair[..at]}"] = pair[(at + 1)..];
        }

        if (data is not null) overrides[$"{SiloSettings.Section}:{nameof(SiloSettings.Data)}"] = data;
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(overrides)
            .Build();
        try
        {
            return (configuration.GetSection(SiloSettings.Section).Get<SiloSettings>(options => options.ErrorOnUnknownConfiguration = true) ?? new SiloSettings(), configuration);
        }
        catch (InvalidOperationException e)
        {
            throw new SettingsException([e.InnerException is null ? e.Message : $"{e.Message} {e.InnerException.Message}"]);
        }
    }
}
