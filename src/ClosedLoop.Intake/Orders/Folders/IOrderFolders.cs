using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Intake.Orders.Folders;

/// <summary>Finds the polled folder of an account.</summary>
public interface IOrderFolders
{
    IOrderFolder Open(ClientDefinition client, OrderConfiguration configuration);
}
