using System.Globalization;
using System.Text;
using ClosedLoop.Data.Content;
using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Content;

/// <summary>Makes an attachment of an answer: its name, and whether name and content type agree.</summary>
internal static class AttachmentFile
{
    private const int MaxNameLength = 100;

    /// <summary>What programs or file systems read in another way than people.</summary>
    private const string NotInNames = "<>:\"/\\|?*";

    /// <param name="fetched">The answer.</param>
    /// <param name="wanted">Name of the definition; <c>null</c> takes the server's, else the last part of the address.</param>
    /// <param name="number">Place among the attachments of the mail, from 1: the name when there is none.</param>
    public static FetchedFile Of(FetchedContent fetched, string? wanted, int number)
    {
        ArgumentNullException.ThrowIfNull(fetched);
        var name = NameOf(fetched, wanted) ?? string.Create(CultureInfo.InvariantCulture, $"attachment-{number}");
        if (!name.Contains('.', StringComparison.Ordinal)) name += AttachmentTypes.EndingOf(fetched.MediaType);
        if (!AttachmentTypes.Agree(fetched.MediaType, name))
            throw new ContentException(ContentFault.TypeRefused, $"{fetched.Address} is of type {fetched.MediaType} and its name ends in '{EndingOf(name)}'", $"an ending of that type such as {AttachmentTypes.EndingOf(fetched.MediaType)}");
        var file = new FrozenFile { Name = name, MediaType = fetched.MediaType, Sha256 = FileContents.HashOf(fetched.Body), Size = fetched.Body.Length, Url = fetched.Address.Uri.AbsoluteUri };
        return new FetchedFile(file, fetched.Body);
    }

    /// <summary>Whether the answer or its address names the file; else its name depends on its place in the mail.</summary>
    public static bool HasName(FetchedContent fetched) => NameOf(fetched, wanted: null) is not null;

    public static MailAttachment Encode(FetchedFile file) => MailAttachment.File(file.File.Name, file.File.MediaType, file.Content);

    /// <summary>A name that is safe to save under; <c>null</c> when nothing is left of it.</summary>
    public static string? Clean(string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        // RFC 6266 section 4.3 and RFC 2183 section 5: a path is no part of the name.
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            var isOdd = Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
            if (isOdd) continue;
            clean.Append(rune.IsBmp && NotInNames.Contains((char)rune.Value, StringComparison.Ordinal) ? "_" : Rune.IsWhiteSpace(rune) ? " " : rune.ToString());
        }

        var trimmed = clean.ToString().Trim(' ', '.');
        if (trimmed.Length <= MaxNameLength) return trimmed.Length == 0 ? null : trimmed;
        var ending = EndingOf(trimmed);
        var kept = MaxNameLength - (ending.Length <= 10 ? ending.Length : 0);
        if (char.IsHighSurrogate(trimmed[kept - 1])) kept--;
        return trimmed[..kept].TrimEnd(' ', '.') + (ending.Length <= 10 ? ending : "");
    }

    /// <summary>Number and size of all attachments of one mail.</summary>
    public static void CheckTogether(int count, long bytes, ContentSettings settings)
    {
        if (count > settings.MaxAttachments) throw new ContentException(ContentFault.TooLarge, $"{count} attachments in one mail", $"at most {settings.MaxAttachments} (content.maxAttachments)");
        if (bytes > settings.MaxAttachmentBytes) throw new ContentException(ContentFault.TooLarge, $"attachments of {bytes} bytes in one mail", $"at most {settings.MaxAttachmentBytes} together (content.maxAttachmentBytes)");
    }

    private static string? NameOf(FetchedContent fetched, string? wanted)
    {
        if (wanted is not null) return Clean(wanted);
        if (fetched.FileName is { } said && Clean(said) is { } named) return named;

        // Of an address such as invoice.php the ending says nothing of the file.
        var last = Clean(Uri.UnescapeDataString(fetched.Address.Uri.Segments[^1]).TrimEnd('/'));
        return last is null || !last.Contains('.', StringComparison.Ordinal) || AttachmentTypes.OfName(last) is not null ? last : null;
    }

    private static string EndingOf(string name) => name.LastIndexOf('.') is var dot and > 0 ? name[dot..] : "";
}
