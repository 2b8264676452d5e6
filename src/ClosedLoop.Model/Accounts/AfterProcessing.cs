namespace ClosedLoop.Model.Accounts;

/// <summary>What becomes of order and lists when their operation is over (xml-delivery spec section 3).</summary>
public enum AfterProcessing
{
    /// <summary>They stay.</summary>
    Keep,

    /// <summary>They go to <c>processed/</c> or <c>failed/</c>, with the time in front of their names.</summary>
    Archive,

    /// <summary>They are removed.</summary>
    Delete,
}
