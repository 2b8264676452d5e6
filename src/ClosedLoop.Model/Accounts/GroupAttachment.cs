using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Model.Accounts;

/// <summary>A file that goes with every mail of a group (xml-delivery spec section 9.1).</summary>
public sealed record GroupAttachment
{
    /// <summary>Path below the folder of <c>account.json</c>.</summary>
    public required string File { get; init; }

    /// <summary>Name that readers see; that of the file when not given.</summary>
    public string? Name { get; init; }

    /// <summary>The file as it was when the account was applied; never read from a definition.</summary>
    public FrozenFile? Stored { get; init; }
}
