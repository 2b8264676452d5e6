using System.Security.Cryptography;
using System.Text.Json;
using ClosedLoop.Operations.Access;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Operator;

/// <summary>
/// How commands on the same machine reach the running service: its address and a token made at each start, in a file that only
/// the service's own user can read.
/// </summary>
internal sealed record OperatorAccess(string Address, string Token, int ProcessId)
{
    public static string PathOf(SiloSettings settings) => Path.Combine(settings.DataPath, "operator.json");

    public static OperatorAccess Create(SiloSettings settings) =>
        new(DashboardAddress.Of(settings.Operator.Listen), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), Environment.ProcessId);

    public static OperatorAccess? Read(SiloSettings settings) =>
        File.Exists(PathOf(settings)) ? JsonSerializer.Deserialize<OperatorAccess>(File.ReadAllText(PathOf(settings))) : null;

    /// <summary>Whether the process that wrote the file is still there.</summary>
    public static bool IsRunning(SiloSettings settings)
    {
        if (Read(settings) is not { } access) return false;
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(access.ProcessId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public void Write(SiloSettings settings) => PrivateFile.Write(PathOf(settings), JsonSerializer.SerializeToUtf8Bytes(this));
}
