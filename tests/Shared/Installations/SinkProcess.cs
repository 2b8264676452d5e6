using System.Globalization;

namespace ClosedLoop.Testing.Installations;

/// <summary><c>closedloop sink</c> as a process of its own: it outlives the service, so its ledger is an independent book.</summary>
internal sealed class SinkProcess : ClosedLoopProcess
{
    private SinkProcess(IReadOnlyList<string> arguments)
        : base(arguments)
    {
    }

    public static async Task<SinkProcess> StartAsync(Installation installation, params IReadOnlyList<string> more)
    {
        var sink = new SinkProcess(["sink", "--data", installation.SinkData, "--set", "Sink:Port=" + installation.SinkPort.ToString(CultureInfo.InvariantCulture), .. more]);
        await Eventually.ThatAsync("listening sink", () => sink.Error.Contains("listens on", StringComparison.Ordinal), sink);
        return sink;
    }
}
