using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Contacts;
using ClosedLoop.Data.Orders;
using ClosedLoop.Intake.Orders.Folders;
using ClosedLoop.Intake.Orders.Messages;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>What the steps of one run of an operation share.</summary>
internal sealed class OperationWork(OperationRow operation, AccountDefinition account, Versioned<ClientDefinition> client, IOrderFolder folder, OrderWorkplace place)
{
    /// <summary>As last read from the database.</summary>
    public OperationRow Operation { get; set; } = operation;

    public long Id => Operation.OperationId;

    /// <summary>The account as it was when the semaphore was found.</summary>
    public AccountDefinition Account { get; } = account;

    public OrderConfiguration Configuration => Account.XmlDelivery;

    public Versioned<ClientDefinition> Client { get; } = client;

    public IOrderFolder Folder { get; } = folder;

    public OrderWorkplace Place { get; } = place;

    /// <summary>Who has the lock of the database while the operation works on it.</summary>
    public string LockHolder => FormattableString.Invariant($"operation {Id}");

    /// <summary>Set once the order was read.</summary>
    public Order Order { get; set; } = null!;

    /// <summary>Set with the order.</summary>
    public AccountGroup Group { get; set; } = null!;

    /// <summary>Set with the order.</summary>
    public UserDatabase Database { get; set; } = null!;

    /// <summary>Set with the order.</summary>
    public ContactLayout Layout { get; set; } = null!;

    /// <summary>Set when it was made first.</summary>
    public OrderContent? Content { get; set; }

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(Configuration.TimeZone);

    /// <summary>When the order wants to start, in microseconds; <c>null</c> for at once.</summary>
    public long? WantedStart => Order.Delivery.Schedule is { } local ? Model.Instants.ToMicroseconds(OrderSchedule.Resolve(local, Zone)) : null;

    /// <summary>Recipients that the order itself brings.</summary>
    public bool Brings(bool test) => (test ? Order.Test : Order.Normal) is ListTarget or InlineTarget;

    public long Code(bool test) => ContactCode.Of(Id, test);

    /// <summary>When the report was written last.</summary>
    public long ReportedAt { get; set; }
}
