using ClosedLoop.Model.Clients;

namespace ClosedLoop.Intake.Zones;

/// <summary>Opens the zone of a client.</summary>
public interface IDropZones
{
    IDropZone Open(ClientDefinition client);
}
