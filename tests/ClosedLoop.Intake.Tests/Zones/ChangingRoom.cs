using ClosedLoop.Intake.Zones;

namespace ClosedLoop.Intake.Tests.Zones;

/// <summary>Room that a test takes away and gives back.</summary>
internal sealed class ChangingRoom : IIntakeRoom
{
    public string? Text { get; set; }

    public string? Shortage() => Text;
}
