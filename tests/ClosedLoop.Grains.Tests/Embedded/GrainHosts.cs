namespace ClosedLoop.Grains.Tests;

/// <summary>Starts the engine the tests were compiled for: the embedded one.</summary>
internal static class GrainHosts
{
    public static async Task<GrainHost> StartAsync() => await EmbeddedGrainHost.StartAsync(options =>
    {
        options.UseMemory();
        options.ResponseTimeout = GrainHost.ResponseTimeout;
        options.MinimumReminderPeriod = TimeSpan.FromMilliseconds(50);
    });
}
