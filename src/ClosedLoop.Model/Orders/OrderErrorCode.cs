namespace ClosedLoop.Model.Orders;

/// <summary>One stable key of XML Delivery (xml-delivery spec section 12), with the words people see beside it.</summary>
/// <param name="Key">As in <c>E-02</c>, or <c>W-02</c> for a warning; never reused for another meaning.</param>
/// <param name="SubStatus">Sub-status of the operation that ends with it; empty for a warning.</param>
/// <param name="Text">What is wrong, a few words without values.</param>
/// <param name="Cause">What has most likely happened.</param>
/// <param name="Hint">What to do.</param>
public sealed record OrderErrorCode(string Key, string SubStatus, string Text, string Cause, string Hint)
{
    public bool IsWarning => Key[0] == 'W';

    public override string ToString() => Key;
}
