namespace ClosedLoop.Model.Orders;

/// <summary>What of an operation is done for good; a restart goes on behind it (xml-delivery spec section 4). The numbers are stored.</summary>
public enum OperationStep
{
    /// <summary>Claimed; the semaphore may still be there.</summary>
    Claimed = 0,

    /// <summary>The semaphore is gone.</summary>
    Accepted = 1,

    /// <summary>The order is in our hands.</summary>
    OrderCopied = 2,

    /// <summary>Order, tokens and everything the account knows were found good.</summary>
    Checked = 3,

    /// <summary>The lists are in our hands, too.</summary>
    ListsCopied = 4,

    /// <summary>The recipients are in the database.</summary>
    Uploaded = 5,

    /// <summary>The filters are known.</summary>
    Qualified = 6,

    /// <summary>What is sent is fixed.</summary>
    ContentFixed = 7,

    /// <summary>The deliveries are made.</summary>
    DeliveriesMade = 8,

    /// <summary>They are handed over.</summary>
    HandedOver = 9,
}
