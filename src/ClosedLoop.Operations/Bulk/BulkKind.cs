namespace ClosedLoop.Operations.Bulk;

/// <summary>An action that can be carried out on many things at once.</summary>
/// <param name="Name">As in the API, <c>files.discard</c>.</param>
/// <param name="Label">On the button.</param>
/// <param name="Thing">What it is about, in the plural.</param>
/// <param name="Consequence">What it means, in a sentence.</param>
/// <param name="Undo">The action that takes it back; <c>null</c> when there is none.</param>
/// <param name="Path">Page of one thing, before its number.</param>
public sealed record BulkKind(string Name, string Label, string Thing, string Consequence, string? Undo, string Path)
{
    public const string Block = "people.block";
    public const string Unblock = "people.unblock";

    public static IReadOnlyList<BulkKind> All { get; } =
    [
        new(Block, "Suppress", "addresses", "They get no more mail of this client.", Unblock, "/recipients?q="),
        new(Unblock, "Take off the blocklist", "addresses", "They may get mail of this client again.", Block, "/recipients?q="),
        new("files.retry", "Try again", "files", "Each is taken up again where it failed.", null, "/files/"),
        new("files.approve", "Approve", "files", "Each that waits for approval goes on, and its recipients are mailed.", null, "/files/"),
        new("files.discard", "Discard", "files", "Each is given up, and its folder goes on with the next.", null, "/files/"),
        new("mailings.pause", "Pause", "mailings", "Nobody further is claimed; what is on the wire is handed over.", "mailings.resume", "/mailings/"),
        new("mailings.resume", "Resume", "mailings", "They are sent on.", "mailings.pause", "/mailings/"),
        new("mailings.cancel", "Cancel", "mailings", "Whoever still waits becomes cancelled.", null, "/mailings/"),
        new("mailings.resend", "Resend soft bounces", "mailings", "Who bounced softly gets the message again.", null, "/mailings/"),
    ];

    public static BulkKind? Find(string? name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>How many things, in words.</summary>
    public string Counted(long count) => count == 1 ? "1 " + (IsAboutPeople ? "address" : Thing[..^1]) : $"{Pages.Show.N(count)} {Thing}";

    /// <summary>Whether it is about addresses of a client, and not about numbers.</summary>
    public bool IsAboutPeople => Thing == "addresses";
}
