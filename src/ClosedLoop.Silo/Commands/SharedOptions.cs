using System.CommandLine;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Commands;

/// <summary>Options that several commands have, and the settings that come of them.</summary>
internal static class SharedOptions
{
    public static Option<bool> Json() => new("--json") { Description = "One JSON document (schema closedloop.cli/v1) on standard output." };

    public static Option<string?> Data() => new("--data") { Description = "Folder of the database, keys and drop folders (ClosedLoop:Data)." };

    public static Option<string[]> Set() => new("--set")
    {
        Description = "A setting, as in --set Delivery:Mode=Sink; may be given several times.",
        AllowMultipleArgumentsPerToken = false,
    };

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
