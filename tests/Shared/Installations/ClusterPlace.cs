using System.Globalization;

namespace ClosedLoop.Testing.Installations;

/// <summary>Where a silo runs: what a process that follows it takes over.</summary>
internal sealed record ClusterPlace(string Name, string Data, string Address, string OperatorAddress, int Port)
{
    /// <summary>The first place has the installation's own data folder, so that its commands reach the silo there.</summary>
    public static ClusterPlace Of(Installation installation, int number) => new(
        string.Create(CultureInfo.InvariantCulture, $"silo{number}"),
        number == 0 ? installation.Data : string.Create(CultureInfo.InvariantCulture, $"{installation.Data}-{number}"),
        number == 0 ? installation.Address : FreeAddress(),
        number == 0 ? installation.OperatorAddress : FreeAddress(),
        Ports.Free());

    private static string FreeAddress() => "http://127.0.0.1:" + Ports.Free().ToString(CultureInfo.InvariantCulture);
}
