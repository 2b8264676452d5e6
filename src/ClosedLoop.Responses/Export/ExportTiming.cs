using ClosedLoop.Model.Clients;

namespace ClosedLoop.Responses.Export;

/// <summary>When exports are due, for whoever watches over them.</summary>
public static class ExportTiming
{
    /// <summary>The first scheduled cut-off after a moment, both in microseconds; <c>null</c> when the settings allow none.</summary>
    public static long? NextCut(ExportSettings settings, long after)
    {
        ArgumentNullException.ThrowIfNull(settings);
        try
        {
            return new ExportSchedule(settings).Next(after);
        }
        catch (ExportException)
        {
            return null;
        }
    }
}
