namespace ClosedLoop.Intake.Zones;

/// <summary>Whether there is room to take more in. What is taken in already goes on in any case, and may need what is left.</summary>
public interface IIntakeRoom
{
    /// <summary>What is short and where, for people; <c>null</c> while there is room.</summary>
    string? Shortage();
}
