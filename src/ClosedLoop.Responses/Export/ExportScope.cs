using ClosedLoop.Model.Clients;

namespace ClosedLoop.Responses.Export;

/// <summary>What decides which rows and columns a run has, besides its cut-offs.</summary>
/// <param name="ExtraFields">Recipient fields appended (spec section 16.4).</param>
/// <param name="SharedLinks">One row per link instead of one per link and recipient (17.5).</param>
/// <param name="Changed">Recipients are listed again when their status has changed (17.4).</param>
/// <param name="IncludeTest">Test mailings are in the files (section 15).</param>
/// <param name="Machines">Where opens by machines other than Apple's proxy are.</param>
/// <param name="ClicksOfPeople">Clicks by machines are left out.</param>
internal sealed record ExportScope(IReadOnlyList<string> ExtraFields, bool SharedLinks, bool Changed, bool IncludeTest, ExportMachineEvents Machines, bool ClicksOfPeople)
{
    public static ExportScope Of(ExportSettings settings) => new(
        settings.ExtraFields, settings.Links == ExportLinks.Shared, settings.Recipients == ExportRecipients.Changed, settings.IncludeTest,
        settings.MachineEvents, settings.LeavesOutMachineClicks());
}
