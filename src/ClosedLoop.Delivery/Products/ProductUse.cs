using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Liquid;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Products;

/// <summary>Finds out whether a mailing looks products up, by reading its templates.</summary>
public sealed class ProductUse : IProductUse
{
    public bool IsUsed(SourceMailing source, ClientDefinition client)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(client);
        return For(FrozenMailing.Of(source, client.Sender, client.List)).Products is not null;
    }

    /// <summary>A content as it is checked before there is any product data: what is missing is left out.</summary>
    public static FrozenMailing For(FrozenMailing content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var source = content.Source;
        (string Part, string? Template)[] templates =
        [
            (MailingTemplates.Subject, source.Subject), (MailingTemplates.Html, source.Html), (MailingTemplates.Text, source.Text),
            (MailingSender.AddressPart, source.Sender?.Address), (MailingSender.NamePart, source.Sender?.Name), (MailingSender.ReplyToPart, source.Sender?.ReplyTo),
        ];
        if (!templates.Any(part => Mentions(part.Template)) && !source.Functions.Values.Any(Mentions)) return content;
        var withProducts = content with { Products = new FrozenProducts { Version = 0, Missing = ProductSettings.Omit } };
        var options = MailingTemplates.Options(withProducts);
        return templates.Any(part => LooksUp(part.Template, options(part.Part))) ? withProducts : content;
    }

    private static bool LooksUp(string? template, LiquidParseOptions options)
    {
        try
        {
            return template is not null && LiquidTemplate.Parse(template, options).UsesCatalogue;
        }
        catch (LiquidParseException)
        {
            // Told by the check, which reads it again; without a catalogue it would tell of that and not of the fault.
            return true;
        }
    }

    private static bool Mentions(string? template) => template is not null
        && (template.Contains("product", StringComparison.OrdinalIgnoreCase) || template.Contains("recommendation", StringComparison.OrdinalIgnoreCase));
}
