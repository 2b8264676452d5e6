using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Pages;

/// <summary>A mail that lies here.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Back">Where one came from.</param>
/// <param name="BackLabel">Its name.</param>
/// <param name="Facts">What is known of it.</param>
/// <param name="View">The mail.</param>
/// <param name="Path">Where its parts are.</param>
public sealed record MailModel(string Title, string Back, string BackLabel, IReadOnlyList<(string Name, string Value)> Facts, MailView View, string Path)
{
    /// <summary>Number of a returned mail that waits to be bound; <c>null</c> for all others.</summary>
    public long? Unbound { get; init; }

    /// <summary>How a returned mail is read now, where it can be taken away as a test case; <c>null</c> for all others.</summary>
    public string? Case { get; init; }

    /// <summary>Whether the recipient of a mail in the sink may be played.</summary>
    public bool IsPlayed { get; init; }
}
