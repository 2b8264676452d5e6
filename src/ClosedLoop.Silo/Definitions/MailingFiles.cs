using System.Globalization;
using ClosedLoop.Data.Content;
using ClosedLoop.Delivery.Content;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Silo.Definitions;

/// <summary>Reads the files that travel with a source mailing: its attachments, and the pictures that its HTML part names.</summary>
internal static class MailingFiles
{
    /// <summary>The mailing with what is known of its files, and their octets.</summary>
    /// <param name="file">The definition; files lie in its folder or below.</param>
    /// <param name="read">What it says.</param>
    /// <param name="mailing">The mailing made of it.</param>
    /// <param name="client">Whose it is.</param>
    /// <param name="faults">Takes what is wrong with a file, with the name of the definition.</param>
    public static (SourceMailing Mailing, IReadOnlyList<byte[]> Contents) Read(string file, MailingFile read, SourceMailing mailing, ClientDefinition client, List<string> faults)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var contents = new List<byte[]>();
        var attachments = new List<SourceAttachment>();
        foreach (var entry in read.Attachments)
        {
            if (entry is null || (entry.File is null) == (entry.Url is null)) faults.Add($"{file}: attachments: an entry names neither or both of file and url; expected one of them.");
            else if (entry.Url is not null) attachments.Add(new SourceAttachment { Url = entry.Url, Name = entry.Name });
            else if (Attachment(folder, entry, client.Content.MaxAttachmentBytes, contents, out var fault) is { } found) attachments.Add(new SourceAttachment { File = found });
            else faults.Add($"{file}: attachments: {fault}");
        }

        var images = new SortedDictionary<string, FrozenFile>(StringComparer.Ordinal);
        if ((read.EmbedImages ?? client.Content.EmbedImages) && mailing.Html is not null)
        {
            foreach (var source in EmbeddedImages.RelativeSources(mailing.Html))
            {
                if (Image(folder, source, client.Content.MaxImageBytes, contents, out var fault) is { } found) images.Add(source, found);
                else faults.Add($"{file}: {read.Html}: {fault}");
            }
        }

        return (mailing with { Attachments = attachments, Images = images }, contents);
    }

    /// <summary>The account with what is known of its groups' files, and their octets.</summary>
    /// <param name="file">The definition; files lie in its folder or below.</param>
    /// <param name="account">What it says.</param>
    /// <param name="client">Whose it is.</param>
    /// <param name="faults">Takes what is wrong with a file, with the name of the definition.</param>
    public static (AccountDefinition Account, IReadOnlyList<byte[]> Contents) Read(string file, AccountDefinition account, ClientDefinition client, List<string> faults)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var contents = new List<byte[]>();
        return (account with { Groups = [.. account.Groups.Select(Complete)] }, contents);

        AccountGroup Complete(AccountGroup group)
        {
            if (group.Attachments is not { Count: > 0 } attachments) return group;
            var place = string.Create(CultureInfo.InvariantCulture, $"{file}: CL4100: groups[id={group.Id}].attachments");
            var stored = new List<GroupAttachment>();
            foreach (var each in attachments)
            {
                if (Attachment(folder, new AttachmentEntry { File = each.File, Name = each.Name }, client.Content.MaxAttachmentBytes, contents, out var fault) is { } found) stored.Add(each with { Stored = found });
                else faults.Add($"{place}: {fault}");
            }

            if (stored.Count > client.Content.MaxAttachments) faults.Add(string.Create(CultureInfo.InvariantCulture, $"{place}: {stored.Count} files; expected at most {client.Content.MaxAttachments} (content.maxAttachments)."));
            var bytes = stored.Sum(each => (long)each.Stored!.Size);
            if (bytes > client.Content.MaxAttachmentBytes) faults.Add(string.Create(CultureInfo.InvariantCulture, $"{place}: {bytes} bytes; expected at most {client.Content.MaxAttachmentBytes} together (content.maxAttachmentBytes)."));
            return group with { Attachments = stored };
        }
    }

    private static FrozenFile? Attachment(string folder, AttachmentEntry entry, int most, List<byte[]> contents, out string? fault)
    {
        var name = entry.Name ?? Path.GetFileName(entry.File!);
        if (AttachmentNames.Clean(name) != name) fault = $"'{name}' is no name of a file; expected one without path and special characters, at most 100.";
        else if (AttachmentTypes.OfName(name) is not { } type) fault = $"'{name}' is of a type that is not attached; expected {AttachmentTypes.Endings}.";
        else return Take(folder, entry.File!, name, type, most, contents, out fault);
        return null;
    }

    private static FrozenFile? Image(string folder, string source, int most, List<byte[]> contents, out string? fault)
    {
        var name = Path.GetFileName(source);
        if (AttachmentTypes.PictureOfName(name) is { } type) return Take(folder, Uri.UnescapeDataString(source), AttachmentNames.Clean(name) ?? "picture", type, most, contents, out fault);
        fault = $"the picture '{source}' is of a type that is not embedded; expected png, jpg or gif.";
        return null;
    }

    private static FrozenFile? Take(string folder, string relative, string name, string type, int most, List<byte[]> contents, out string? fault)
    {
        var path = Path.GetFullPath(Path.Combine(folder, relative));
        fault = null;

        // A definition may come from somebody who must not see the rest of this machine.
        if (Path.IsPathRooted(relative) || !path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || IsLink(folder, path)) fault = $"'{relative}' leads out of the definition's folder.";
        else if (!File.Exists(path)) fault = $"the file '{relative}' is not in the definition's folder.";
        else if (new FileInfo(path).Length > most) fault = $"'{relative}' has {new FileInfo(path).Length} bytes; expected at most {most} as the settings below content say.";
        if (fault is not null) return null;
        var body = File.ReadAllBytes(path);
        contents.Add(body);
        return new FrozenFile { Name = name, MediaType = type, Sha256 = FileContents.HashOf(body), Size = body.Length };
    }

    private static bool IsLink(string folder, string path)
    {
        for (var at = path; at.Length > folder.Length; at = Path.GetDirectoryName(at)!)
        {
            if (new FileInfo(at).LinkTarget is not null) return true;
        }

        return false;
    }
}
