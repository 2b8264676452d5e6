namespace ClosedLoop.Model.Orders;

/// <summary>How an operation stands (xml-delivery spec section 4). The numbers are stored.</summary>
public enum OperationStatus
{
    /// <summary>Accepted and not finished.</summary>
    Loading = 0,

    /// <summary>Ended without an error; warnings do not count.</summary>
    Success = 1,

    /// <summary>Ended with an error.</summary>
    Error = 2,

    /// <summary>Found unfinished after a crash, and ended without an error.</summary>
    Recovered = 3,
}
