namespace ClosedLoop.Operations.Ports;

/// <summary>Mail that the built-in sink took.</summary>
public interface ISinkBox
{
    /// <summary>Whether mail goes to a sink whose folder is here.</summary>
    bool IsThere { get; }

    /// <summary>Newest first, those before a number; to an address or with words in the subject when asked for.</summary>
    IReadOnlyList<SinkMail> Page(long before, int limit, string? search);

    /// <summary>One of them; <c>null</c> when there is none.</summary>
    SinkMail? Find(long number);

    /// <summary>Its octets; <c>null</c> when they were not kept.</summary>
    ReadOnlyMemory<byte>? Raw(long number);
}
