namespace ClosedLoop.Optimove.Execution;

/// <summary>What came of asking for a customer's attributes.</summary>
/// <param name="IsPending">The answer is on its way.</param>
/// <param name="Values">Values by real field name; null when they cannot be had.</param>
internal readonly record struct AttributeRead(bool IsPending, IReadOnlyDictionary<string, string>? Values)
{
    public static AttributeRead Pending { get; } = new(IsPending: true, Values: null);

    public static AttributeRead Failed { get; } = new(IsPending: false, Values: null);
}
