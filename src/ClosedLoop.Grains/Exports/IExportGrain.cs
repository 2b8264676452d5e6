namespace ClosedLoop.Grains.Exports;

/// <summary>The daily response export of one client; key: the client's key. Exactly one file set per cut-off.</summary>
[Alias("ClosedLoop.Export")]
public interface IExportGrain : IGrainWithStringKey
{
    /// <summary>Schedules the daily cut-off and catches up with one that was missed.</summary>
    [Alias("Start")]
    Task StartAsync();

    /// <summary>Cuts off now and writes the eight files in the background.</summary>
    /// <returns>The run's id, or 0 when the export is switched off for the client.</returns>
    [Alias("Run")]
    Task<long> RunAsync();
}
