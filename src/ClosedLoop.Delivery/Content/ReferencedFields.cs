using System.Text.RegularExpressions;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Content;

/// <summary>The columns of a mailing that hold addresses of content, those alone that the mailing uses.</summary>
internal sealed class ReferencedFields
{
    private ReferencedFields(FrozenMailing mailing, ReferencedField[] fields)
    {
        Fields = fields;
        List = mailing.List;
        Placeholders = new UrlPlaceholders(mailing.List);
        EmbedImages = mailing.EmbedImages;
        Hosts = mailing.Fetching?.Hosts;
        StaticAttachments = mailing.Attachments.Count;
        StaticAttachmentBytes = mailing.Attachments.Sum(file => (long)file.Size);
    }

    public IReadOnlyList<ReferencedField> Fields { get; }

    public ListDefinition List { get; }

    public UrlPlaceholders Placeholders { get; }

    public bool EmbedImages { get; }

    /// <summary>Hosts of an order's account, which stand for the client's; null for other mailings.</summary>
    public IReadOnlyList<string>? Hosts { get; }

    /// <summary>Attachments that every mail has.</summary>
    public int StaticAttachments { get; }

    public long StaticAttachmentBytes { get; }

    /// <summary>Whether anything is asked of a server; the address of a picture that is not embedded is only put in its place.</summary>
    public bool AreFetched => Fields.Any(each => each.Kind != FieldContent.RefImage || EmbedImages);

    /// <summary>Whether links cannot be rendered again without what was stored with the claim.</summary>
    public bool AreStored => Fields.Any(each => each.Kind is FieldContent.RefText or FieldContent.RefLink);

    /// <summary><c>null</c> for a mailing without any, which then pays nothing for those that have some.</summary>
    public static ReferencedFields? Of(FrozenMailing mailing)
    {
        var fields = new List<ReferencedField>();
        for (var i = 0; i < mailing.List.Fields.Count; i++)
        {
            var field = mailing.List.Fields[i];
            if (field.Content.IsReference() && IsUsed(mailing.Source, field)) fields.Add(new ReferencedField(i, field.Content));
        }

        for (var i = 0; i < (mailing.Fetching?.Slots.Count ?? 0); i++)
        {
            var slot = mailing.Fetching!.Slots[i];
            fields.Add(new ReferencedField(SystemFields.After(mailing.List) + i, slot.Kind, slot.Url));
        }

        return fields.Count == 0 ? null : new ReferencedFields(mailing, [.. fields]);
    }

    /// <summary>What a column is called in messages.</summary>
    public string NameOf(int column) => column < List.Fields.Count ? $"column '{List.Fields[column].Name}'" : "the message";

    /// <summary>Whether the name is written anywhere; an attachment needs no place in a template.</summary>
    private static bool IsUsed(SourceMailing source, FieldDefinition field) => field.Content == FieldContent.RefAttachment
        || Templates(source).Any(text => Mentions(text, field.Name) || (field.DisplayName is { Length: > 0 } shown && text.Contains(shown, StringComparison.OrdinalIgnoreCase)));

    public static bool Mentions(string template, string name) =>
        Regex.IsMatch(template, $@"(?<![\w]){Regex.Escape(name)}(?![\w])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static IEnumerable<string> Templates(SourceMailing source) => new[]
    {
        source.Subject, source.Html, source.Text, source.Sender?.Address, source.Sender?.Name, source.Sender?.ReplyTo,
    }.OfType<string>().Concat(source.Functions.Values).Concat(source.Notes.Values);
}
