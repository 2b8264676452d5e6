using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Rig;

/// <summary>What this build of the service can be run on: what it cannot is not run, and never counts as passed.</summary>
internal static class Available
{
#if ENGINE_ORLEANS
    private const string Built = "orleans";
#else
    private const string Built = "embedded";
#endif

    /// <summary>Why the wanted combination cannot be run; null when it can.</summary>
    public static string? Missing(RigOptions options)
    {
        if (!OperatingSystem.IsLinux()) return "the rig sends signals and needs Linux";
        if (options.Database == "postgres" && PostgresServer.WhyNot() is { } why) return why;
        if (options.Database != "postgres" && options.Restarts > 0) return "a restart of the database needs --database postgres";
        if (options.Engine != Built) return $"this build of the service has the {Built} engine (build property Engine)";
        if (options.Silos > 0 && options.Engine != "orleans") return "several silos need --engine orleans";
        return options.Engine == "orleans" && options.Database != "postgres" ? "silos of Orleans need --database postgres" : null;
    }
}
