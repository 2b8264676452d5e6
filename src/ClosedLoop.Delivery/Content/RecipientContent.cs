using System.Runtime.InteropServices;
using System.Text;
using ClosedLoop.Data.Content;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Lists;

namespace ClosedLoop.Delivery.Content;

/// <summary>What stands in one recipient's message in place of the addresses in its columns, or why it cannot be had.</summary>
internal sealed class RecipientContent
{
    /// <summary>An embedded picture that is not at hand: an address of the same kind, so that the same places count as links.</summary>
    private const string UnknownPicture = "cid:picture@content.invalid";

    private readonly Dictionary<int, (ReadOnlyMemory<byte> Html, ReadOnlyMemory<byte> Text)> _values = [];

    /// <summary>Set when something of it cannot be had.</summary>
    public ContentException? Fault { get; init; }

    /// <summary>The address that <see cref="Fault"/> is about.</summary>
    public string? FaultUrl { get; init; }

    /// <summary>Files of this recipient; pictures are inline.</summary>
    public List<MailAttachment> Files { get; } = [];

    /// <summary>What is written with the claim.</summary>
    public List<StoredContent> Stored { get; } = [];

    /// <summary>Octets held for this recipient, about.</summary>
    public long Size { get; private set; }

    public void Set(int column, string html, string text)
    {
        _values[column] = (Encoding.UTF8.GetBytes(html), Encoding.UTF8.GetBytes(text));
        Size += (2L * html.Length) + text.Length;
    }

    public void Attach(MailAttachment file)
    {
        // The same picture twice in a mail travels once.
        if (file.IsInline && Files.Exists(other => other.ContentId == file.ContentId)) return;
        Files.Add(file);
        Size += file.EncodedSize;
    }

    /// <summary>The files that go with the rendered message: a picture only where it is shown and does not go with every mail.</summary>
    public ReadOnlySpan<MailAttachment> FilesOf(CompiledMailing mailing, ReadOnlySpan<byte> html)
    {
        if (Files.Count == 0) return [];
        var files = new List<MailAttachment>(Files.Count);
        foreach (var file in Files)
        {
            if (file.ContentId is { } id && (html.IndexOf(Encoding.ASCII.GetBytes("cid:" + id)) < 0 || mailing.Embeds(id))) continue;
            files.Add(file);
        }

        return CollectionsMarshal.AsSpan(files);
    }

    public bool TryGet(int column, bool html, out ReadOnlyMemory<byte> value)
    {
        var found = _values.TryGetValue(column, out var both);
        value = html ? both.Html : both.Text;
        return found;
    }

    /// <summary>What its links need, from what was stored with the claim; the texts themselves are gone.</summary>
    public static RecipientContent Again(ReferencedFields references, RecipientRow row, IReadOnlyList<StoredContent> stored)
    {
        var content = new RecipientContent();
        foreach (var field in references.Fields)
        {
            var found = stored.FirstOrDefault(item => item.Field == field.Column);
            switch (field.Kind)
            {
                case FieldContent.RefText:
                    content.Set(field.Column, found?.HasHtml == true ? "x" : "", found?.HasText == true ? "x" : "");
                    break;
                case FieldContent.RefLink:
                    content.Set(field.Column, found?.Target ?? "", found?.Target ?? "");
                    break;
                case FieldContent.RefImage:
                    content.SetPicture(references, field, row);
                    break;
                default:
                    break;
            }
        }

        return content;
    }

    private void SetPicture(ReferencedFields references, ReferencedField field, RecipientRow row)
    {
        var url = references.Placeholders.Resolve(field.AddressIn(row), row.Text);
        Set(field.Column, references.EmbedImages && url.Length > 0 ? UnknownPicture : url, url);
    }
}
