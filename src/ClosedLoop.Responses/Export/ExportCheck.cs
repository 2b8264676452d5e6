using ClosedLoop.Model.Clients;

namespace ClosedLoop.Responses.Export;

/// <summary>Tells before a cut-off whether a client's export settings can be used.</summary>
public static class ExportCheck
{
    /// <summary>What is wrong with names or zone, or <c>null</c>.</summary>
    public static string? Fault(ExportSettings settings)
    {
        try
        {
            _ = new ExportFileNames(settings);
            return null;
        }
        catch (ExportException e)
        {
            return e.Message;
        }
    }
}
