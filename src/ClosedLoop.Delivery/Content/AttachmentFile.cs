using System.Globalization;
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
    /// <param name="fetched">The answer.</param>
    /// <param name="wanted">Name of the definition; <c>null</c> takes the server's, else the last part of the address.</param>
    /// <param name="number">Place among the attachments of the mail, from 1: the name when there is none.</param>
    public static FetchedFile Of(FetchedContent fetched, string? wanted, int number)
    {
        ArgumentNullException.ThrowIfNull(fetched);
        var name = NameOf(fetched, wanted) ?? string.Create(CultureInfo.InvariantCulture, $"attachment-{number}");
        if (!name.Contains('.', StringComparison.Ordinal)) name += AttachmentTypes.EndingOf(fetched.MediaType);
        if (!AttachmentTypes.Agree(fetched.MediaType, name))
            throw new ContentException(ContentFault.TypeRefused, $"{fetched.Address} is of type {fetched.MediaType} and its name ends in '{AttachmentNames.EndingOf(name)}'", $"an ending of that type such as {AttachmentTypes.EndingOf(fetched.MediaType)}");
        var file = new FrozenFile { Name = name, MediaType = fetched.MediaType, Sha256 = FileContents.HashOf(fetched.Body), Size = fetched.Body.Length, Url = fetched.Address.Uri.AbsoluteUri };
        return new FetchedFile(file, fetched.Body);
    }

    /// <summary>Whether the answer or its address names the file; else its name depends on its place in the mail.</summary>
    public static bool HasName(FetchedContent fetched) => NameOf(fetched, wanted: null) is not null;

    public static MailAttachment Encode(FetchedFile file) => MailAttachment.File(file.File.Name, file.File.MediaType, file.Content);

    /// <summary>Number and size of all attachments of one mail.</summary>
    public static void CheckTogether(int count, long bytes, ContentSettings settings)
    {
        if (count > settings.MaxAttachments) throw new ContentException(ContentFault.TooLarge, $"{count} attachments in one mail", $"at most {settings.MaxAttachments} (content.maxAttachments)");
        if (bytes > settings.MaxAttachmentBytes) throw new ContentException(ContentFault.TooLarge, $"attachments of {bytes} bytes in one mail", $"at most {settings.MaxAttachmentBytes} together (content.maxAttachmentBytes)");
    }

    private static string? NameOf(FetchedContent fetched, string? wanted)
    {
        if (wanted is not null) return AttachmentNames.Clean(wanted);
        if (fetched.FileName is { } said && AttachmentNames.Clean(said) is { } named) return named;

        // Of an address such as invoice.php the ending says nothing of the file.
        var last = AttachmentNames.Clean(Uri.UnescapeDataString(fetched.Address.Uri.Segments[^1]).TrimEnd('/'));
        return last is null || !last.Contains('.', StringComparison.Ordinal) || AttachmentTypes.OfName(last) is not null ? last : null;
    }
}
