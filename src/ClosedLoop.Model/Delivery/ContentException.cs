namespace ClosedLoop.Model.Delivery;

/// <summary>Content on another server cannot be had, or must not be. For what all recipients share that is E404, for one recipient L604.</summary>
public class ContentException(ContentFault fault, string found, string expected, Exception? cause = null)
    : Exception($"{fault}: {found}; expected {expected}", cause)
{
    public ContentFault Fault { get; } = fault;

    /// <summary>What was found, and where.</summary>
    public string Found { get; } = found;

    public string Expected { get; } = expected;

    /// <summary>The same fault, saying what it is about.</summary>
    public ContentException About(string what) => new(Fault, $"{what}: {Found}", Expected, this);
}
