namespace ClosedLoop.Model.Clients;

/// <summary>What becomes of opens and clicks that no person made, other than opens by Apple's proxy, which have a file of their own in any case.</summary>
public enum ExportMachineEvents
{
    /// <summary>They are in <c>opens</c> and <c>clicks</c> like all others, as the interface has it.</summary>
    Include,

    /// <summary>Opens are in <c>automated_opens</c> instead of <c>opens</c>; clicks, for which there is no such file, in none.</summary>
    Separate,

    /// <summary>They are in no file.</summary>
    Exclude,
}
