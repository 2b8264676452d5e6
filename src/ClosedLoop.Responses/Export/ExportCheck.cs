using System.Globalization;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Responses.Export;

/// <summary>Tells before a cut-off whether a client's export settings can be used.</summary>
public static class ExportCheck
{
    /// <summary>Shortest <c>export.interval</c>: below it runs would follow faster than a large one is written.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromMinutes(5);

    /// <summary>Most <c>export.extraFields</c>.</summary>
    public const int MostExtraFields = 100;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>What is wrong with names, zone, interval or fields, or <c>null</c>.</summary>
    public static ExportException? Fault(ClientDefinition client)
    {
        ArgumentNullException.ThrowIfNull(client);
        try
        {
            var names = new ExportFileNames(client.Export);
            CheckInterval(client.Export, names);
            CheckFields(client);
            return null;
        }
        catch (ExportException e)
        {
            return e;
        }
    }

    private static void CheckInterval(ExportSettings settings, ExportFileNames names)
    {
        var interval = settings.Interval;
        if (interval < ShortestInterval || interval > Day || Day.Ticks % interval.Ticks != 0 || interval.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            throw new ExportException("CL2901",
                $"export.interval is {interval.ToString("c", CultureInfo.InvariantCulture)}; expected whole minutes from 00:05:00 to 1.00:00:00 that divide a day evenly.");
        }

        if (interval < Day && !names.HaveTime)
        {
            throw new ExportException("CL2902",
                $"export.interval is {interval.ToString("c", CultureInfo.InvariantCulture)} and not all names of export.names hold {{HHmmss}}; expected a time in each (also of {ExportFileNames.Keys}), or the runs of a day would claim the same names.");
        }
    }

    private static void CheckFields(ClientDefinition client)
    {
        var fields = client.Export.ExtraFields;
        if (fields.Count > MostExtraFields)
            throw new ExportException("CL2903", string.Create(CultureInfo.InvariantCulture, $"export.extraFields has {fields.Count} fields; expected at most {MostExtraFields}."));
        if (fields.FirstOrDefault(field => !client.List.Fields.Any(known => known.Name == field)) is { } unknown)
            throw new ExportException("CL2903", $"export.extraFields has '{unknown}', which is no internal name of a column in list.fields.");
        if (fields.Distinct(StringComparer.Ordinal).Count() < fields.Count)
            throw new ExportException("CL2903", "export.extraFields has a field twice; each would have the same heading.");
    }
}
