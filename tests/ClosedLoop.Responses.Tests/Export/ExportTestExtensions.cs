using ClosedLoop.Data.Exports;

namespace ClosedLoop.Responses.Tests.Export;

internal static class ExportTestExtensions
{
    /// <summary>Cuts off and publishes at a moment.</summary>
    public static Task<ExportRun> RunAt(this ResponseDatabase data, ExportTest test, string utc)
    {
        data.At(utc);
        return test.RunAsync();
    }
}
