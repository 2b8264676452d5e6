namespace ClosedLoop.Delivery.Channels.Http;

/// <summary>Secrets, which definitions name and never hold.</summary>
internal static class Secrets
{
    /// <summary>Value of an environment variable; null when it is not set.</summary>
    public static string? Find(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>What to say of one that is not set.</summary>
    public static ChannelResult Missing(string name, string what) =>
        new(ChannelAction.GiveUp, $"CL4205 environment variable '{name}' ({what}) is not set") { Scope = ChannelScope.Provider };
}
