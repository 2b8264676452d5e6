namespace ClosedLoop.Intake.Zones;

/// <summary>A host that does not watch its disk.</summary>
internal sealed class EndlessRoom : IIntakeRoom
{
    public string? Shortage() => null;
}
