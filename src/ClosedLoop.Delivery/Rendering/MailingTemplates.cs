using ClosedLoop.Delivery.Products;
using ClosedLoop.Liquid;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>How the templates of a mailing are read: its language, the names they may use, what is escaped.</summary>
internal static class MailingTemplates
{
    public const string Subject = "subject";
    public const string Html = "html";
    public const string Text = "text";

    /// <summary>Campaign's system placeholders and the fields they stand for; an empty one has no value here (closed-loop spec section 8).</summary>
    private static readonly Dictionary<string, string> CampaignNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bmMailId"] = SystemFields.MessageId,
        ["bmMailingId"] = SystemFields.MailingId,
        ["bmRecipientId"] = SystemFields.RecipientId,
        ["bmWaveId"] = ListDefinition.WaveField,
        ["bmUnsubscribeUrl"] = SystemFields.UnsubscribeUrl,
        ["bmWebVersionUrl"] = "",
    };

    /// <summary>Options by the name of the part.</summary>
    public static Func<string, LiquidParseOptions> Options(FrozenMailing content)
    {
        var source = content.Source;
        var dialect = source.Dialect switch
        {
            TemplateDialect.Campaign => LiquidDialect.Campaign,
            TemplateDialect.Contactlab => LiquidDialect.Contactlab,
            _ => LiquidDialect.Liquid,
        };
        var options = new LiquidParseOptions
        {
            Schema = SchemaOf(content, dialect),
            Dialect = dialect,
            RequirePartials = true,
            Catalogue = content.Products is { } products && dialect != LiquidDialect.Contactlab ? new ProductCatalogue(products, content.List.IndexOf(ListDefinition.EmailField)) : null,
            DialectNames = new LiquidDialectNames
            {
                Aliases = dialect == LiquidDialect.Campaign ? CampaignNames : [],
                Functions = source.Functions,
                Notes = source.Notes,
            },
        };
        var hasMarkup = content.Fetching is not null || content.List.Fields.Any(field => field.Content == FieldContent.RefText);
        var markup = hasMarkup ? SchemaOf(content, dialect, inHtml: true) : options.Schema;
        var html = content.Format == 1 ? LiquidAutoEscape.Html : LiquidAutoEscape.HtmlContext;
        return part => part == Html ? options with { TemplateName = part, Schema = markup, AutoEscape = html } : options with { TemplateName = part, AutoEscape = LiquidAutoEscape.None };
    }

    /// <summary>Data frozen with the copy.</summary>
    public static Dictionary<string, object?> Frozen(FrozenMailing content)
    {
        var data = new Dictionary<string, object?>(StringComparer.Ordinal) { ["campaign"] = content.Source.Campaign };

        // Only where it is declared: elsewhere the name may be a column's.
        if (content.Source.Content.Count > 0) data[ContentInsertion.Root] = content.Content.ToDictionary(entry => entry.Key, entry => entry.Value.Text, StringComparer.Ordinal);
        return data;
    }

    /// <summary>Columns by internal name, bare and below <c>recipient</c>, then the system fields; for Campaign also by display name.</summary>
    /// <param name="content">The mailing.</param>
    /// <param name="dialect">The language.</param>
    /// <param name="inHtml">Fetched text is markup there; elsewhere the same column is plain text already.</param>
    private static LiquidSchema SchemaOf(FrozenMailing content, LiquidDialect dialect, bool inHtml = false)
    {
        var (list, hasContent) = (content.List, content.Source.Content.Count > 0);
        var slots = new List<LiquidSlot>();
        for (var i = 0; i < list.Fields.Count; i++)
        {
            slots.Add(SlotOf(list, i, list.Fields[i].Name, inHtml));
            slots.Add(SlotOf(list, i, "recipient." + list.Fields[i].Name, inHtml));
        }

        for (var i = 0; i < SystemFields.All.Length; i++)
        {
            slots.Add(new LiquidSlot(SystemFields.All[i], list.Fields.Count + i));
        }

        for (var i = 0; i < (content.Fetching?.Slots.Count ?? 0); i++)
        {
            var slot = content.Fetching!.Slots[i];
            slots.Add(new LiquidSlot(slot.Name, SystemFields.After(list) + i, LiquidSlotType.String, inHtml && slot.Kind == FieldContent.RefText));
        }

        if (dialect != LiquidDialect.Campaign) return new LiquidSchema(slots, dialect != LiquidDialect.Liquid ? [] : hasContent ? ["campaign", ContentInsertion.Root] : ["campaign"], ignoreCase: true);
        var known = slots.Select(slot => slot.Path).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < list.Fields.Count; i++)
        {
            if (list.Fields[i].DisplayName?.Trim() is { Length: > 0 } shown && known.Add(shown)) slots.Add(SlotOf(list, i, shown, inHtml));
        }

        return new LiquidSchema(slots, [], ignoreCase: true);
    }

    private static LiquidSlot SlotOf(ListDefinition list, int index, string path, bool inHtml) => new(
        path, index, TypeOf(list.Fields[index].Type), list.Fields[index].Content == FieldContent.Html || (inHtml && list.Fields[index].Content == FieldContent.RefText));

    private static LiquidSlotType TypeOf(FieldType type) => type switch
    {
        FieldType.Short or FieldType.Integer or FieldType.Long => LiquidSlotType.Integer,
        FieldType.Decimal or FieldType.Float => LiquidSlotType.Decimal,
        FieldType.Boolean => LiquidSlotType.Boolean,
        _ => LiquidSlotType.String,
    };
}
