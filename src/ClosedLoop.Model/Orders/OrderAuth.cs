namespace ClosedLoop.Model.Orders;

/// <summary>The two tokens of an order. They are secrets: neither may reach a log, a report or a message, so the text form hides them.</summary>
public sealed class OrderAuth(string suid, string key)
{
    /// <summary>User key of the user who asks for the delivery.</summary>
    public string Suid { get; } = suid;

    /// <summary>API key of the account.</summary>
    public string Key { get; } = key;

    public override string ToString() => "OrderAuth { *** }";
}
