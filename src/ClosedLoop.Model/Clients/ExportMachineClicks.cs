namespace ClosedLoop.Model.Clients;

/// <summary>What becomes of clicks that no person made.</summary>
public enum ExportMachineClicks
{
    /// <summary>They are in the clicks file like all others, as the interface has it.</summary>
    Include,

    /// <summary>They are left out.</summary>
    Exclude,
}
