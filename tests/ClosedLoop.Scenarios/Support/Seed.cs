using System.Globalization;

namespace ClosedLoop.Scenarios.Support;

/// <summary>Randomness that can be had again: printed, and taken from CLOSEDLOOP_SEED when that is set.</summary>
internal static class Seed
{
    public static Random Next(Xunit.Abstractions.ITestOutputHelper output)
    {
        var given = Environment.GetEnvironmentVariable("CLOSEDLOOP_SEED");
        var seed = given is null ? Random.Shared.Next() : int.Parse(given, CultureInfo.InvariantCulture);
        output.WriteLine($"CLOSEDLOOP_SEED={seed.ToString(CultureInfo.InvariantCulture)}");
        return new Random(seed);
    }
}
