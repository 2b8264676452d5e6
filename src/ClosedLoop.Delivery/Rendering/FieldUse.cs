using ClosedLoop.Delivery.Products;
using ClosedLoop.Liquid;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>Finds out which columns a mailing reads, by reading its templates.</summary>
public sealed class FieldUse : IFieldUse
{
    public IReadOnlySet<string> FieldsOf(SourceMailing source, ClientDefinition client)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(client);
        var content = ProductUse.For(FrozenMailing.Of(source, client));
        var fields = content.List.Fields.Where(field => field.Content == FieldContent.RefAttachment).Select(field => field.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        try
        {
            var options = MailingTemplates.Options(content);
            foreach (var (part, text) in Parts(source))
            {
                if (text is null) continue;
                foreach (var slot in LiquidTemplate.Parse(text, options(part)).UsedSlots.Where(slot => slot < content.List.Fields.Count)) fields.Add(content.List.Fields[slot].Name);
            }
        }
        catch (LiquidParseException)
        {
            // Whoever sends the mailing says what is wrong with it.
            return new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        }

        return fields;
    }

    /// <summary>Every template of a mailing by the name of its part.</summary>
    internal static IEnumerable<(string Part, string? Text)> Parts(SourceMailing source) =>
    [
        (MailingTemplates.Subject, source.Subject), (MailingTemplates.Html, source.Html), (MailingTemplates.Text, source.Text), (MailingSender.AddressPart, source.Sender?.Address),
        (MailingSender.NamePart, source.Sender?.Name), (MailingSender.ReplyToPart, source.Sender?.ReplyTo), (CompiledMailing.SmsFromPart, source.Sms?.From),
        .. source.Push is null ? [] : CompiledPush.Parts(source.Push),
    ];
}
