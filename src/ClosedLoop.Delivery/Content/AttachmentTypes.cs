namespace ClosedLoop.Delivery.Content;

/// <summary>What may be attached (closed-loop spec section 10), by content type and by the ending of the name: both must agree.</summary>
public static class AttachmentTypes
{
    private static readonly (string MediaType, string Ending)[] All =
    [
        ("application/pdf", ".pdf"), ("text/plain", ".txt"), ("text/csv", ".csv"), ("text/calendar", ".ics"), ("text/vcard", ".vcf"), ("text/x-vcard", ".vcf"),
        ("image/png", ".png"), ("image/jpeg", ".jpg"), ("image/jpeg", ".jpeg"), ("image/gif", ".gif"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
        ("application/zip", ".zip"), ("application/x-zip-compressed", ".zip"),
    ];

    private static readonly string[] Pictures = ["image/png", "image/jpeg", "image/gif"];

    /// <summary>Every content type taken for an attachment.</summary>
    public static IReadOnlyList<string> MediaTypes { get; } = [.. All.Select(each => each.MediaType).Distinct(StringComparer.Ordinal)];

    /// <summary>Content types of pictures that mail programs show.</summary>
    public static IReadOnlyList<string> PictureTypes => Pictures;

    /// <summary>The content type of a file's name; <c>null</c> for one that may not be attached.</summary>
    public static string? OfName(string name) => Array.Find(All, each => name.EndsWith(each.Ending, StringComparison.OrdinalIgnoreCase)).MediaType;

    /// <summary>As <see cref="OfName"/>, for pictures alone.</summary>
    public static string? PictureOfName(string name) => OfName(name) is { } type && Pictures.Contains(type, StringComparer.Ordinal) ? type : null;

    /// <summary>The usual ending of a content type.</summary>
    public static string EndingOf(string mediaType) => Array.Find(All, each => each.MediaType == mediaType).Ending;

    /// <summary>Whether a name with an ending of the list ends as the content type wants.</summary>
    public static bool Agree(string mediaType, string name) =>
        All.Any(each => each.MediaType == mediaType && name.EndsWith(each.Ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Endings, for messages.</summary>
    public static string Endings => string.Join(", ", All.Select(each => each.Ending[1..]).Distinct(StringComparer.Ordinal));
}
