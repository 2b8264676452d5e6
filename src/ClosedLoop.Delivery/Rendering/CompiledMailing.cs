using System.Buffers;
using System.Text;
using ClosedLoop.Liquid;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>
/// Frozen content ready to render: templates parsed against the list's columns, campaign values folded in, links wrapped.
/// Immutable; one instance serves all recipients of all mailings with that content.
/// </summary>
internal sealed class CompiledMailing
{
    private readonly LiquidTemplate _subject;
    private readonly LiquidTemplate? _html;
    private readonly LiquidTemplate? _text;
    private readonly Lazy<MessageComposer> _composer;

    public CompiledMailing(FrozenMailing content, TrackingTokenCodec tokens, Uri trackingBase)
    {
        Content = content;
        var sender = content.Sender;
        SenderDomain = SenderDomainOf(sender.Address);
        ReturnPathDomain = sender.ReturnPathDomain ?? sender.Address[(sender.Address.LastIndexOf('@') + 1)..];
        _composer = new Lazy<MessageComposer>(() => new MessageComposer(new MessageComposerOptions
        {
            From = new Mailbox(sender.Address, sender.Name),
        }));
        var source = content.Source;
        Columns = content.List.Fields.Count;
        var schema = SchemaOf(content.List);
        HasPixel = source.TrackOpens && source.Html is not null;
        _subject = Parse(source.Subject, "subject", schema, LiquidAutoEscape.None, []);
        if (source.Html is not null)
        {
            var markup = new LinkMarkup();
            var html = source.TrackClicks ? markup.Html(source.Html) : source.Html;
            if (HasPixel) html = PixelBlock.Insert(html);
            _html = Parse(html, "html", schema, LiquidAutoEscape.Html, new Dictionary<string, LiquidBlockHandler>(StringComparer.Ordinal)
            {
                [LinkBlock.Tag] = new LinkBlock(tokens, Prefix(trackingBase, "c"), markup.Names, html: true),
                [PixelBlock.Tag] = new PixelBlock(tokens, Prefix(trackingBase, "o")),
            });
        }

        if (source.Text is not null)
        {
            var markup = new LinkMarkup();
            _text = Parse(source.TrackClicks ? markup.Text(source.Text) : source.Text, "text", schema, LiquidAutoEscape.None,
                new Dictionary<string, LiquidBlockHandler>(StringComparer.Ordinal)
                {
                    [LinkBlock.Tag] = new LinkBlock(tokens, Prefix(trackingBase, "c"), markup.Names, html: false),
                });
        }
    }

    public FrozenMailing Content { get; }

    /// <summary>Columns of the list; system fields follow.</summary>
    public int Columns { get; }

    public bool HasPixel { get; }

    /// <summary>Writes the messages; what they have in common is encoded once, at the first of them.</summary>
    public MessageComposer Composer => _composer.Value;

    /// <summary>Domain of the sender address, in A-labels: whose key signs.</summary>
    public string SenderDomain { get; }

    /// <summary>Domain of the envelope sender, the Message-ID and what else names a single message.</summary>
    public string ReturnPathDomain { get; }

    /// <summary>
    /// Renders all parts. HTML comes before text: link ordinals are given in that order, and must be the same whenever the
    /// message is rendered again.
    /// </summary>
    public void Render(RecipientRow row, MessageState state, IBufferWriter<byte> subject, IBufferWriter<byte> html, IBufferWriter<byte> text)
    {
        state.Ordinal = 0;
        _subject.Render(subject, row, state);
        _html?.Render(html, row, state);
        _text?.Render(text, row, state);
    }

    private static string SenderDomainOf(string address)
    {
        var wire = AddressSyntax.TryNormalize(address, AddressRules.None, out var normal, out _) ? normal : address;
        return wire[(wire.LastIndexOf('@') + 1)..];
    }

    private LiquidTemplate Parse(string source, string name, LiquidSchema schema, LiquidAutoEscape escape, Dictionary<string, LiquidBlockHandler> tags) =>
        LiquidTemplate.Parse(source, new LiquidParseOptions { TemplateName = name, Schema = schema, AutoEscape = escape, Tags = tags })
            .Bind(new Dictionary<string, object?>(StringComparer.Ordinal) { ["campaign"] = Content.Source.Campaign });

    private static byte[] Prefix(Uri trackingBase, string path) =>
        Encoding.ASCII.GetBytes($"{trackingBase.AbsoluteUri.TrimEnd('/')}/{path}/");

    /// <summary>Columns by internal name, bare and below <c>recipient</c>, then the system fields.</summary>
    private static LiquidSchema SchemaOf(ListDefinition list)
    {
        var slots = new List<LiquidSlot>();
        for (var i = 0; i < list.Fields.Count; i++)
        {
            var type = TypeOf(list.Fields[i].Type);
            slots.Add(new LiquidSlot(list.Fields[i].Name, i, type));
            slots.Add(new LiquidSlot("recipient." + list.Fields[i].Name, i, type));
        }

        for (var i = 0; i < SystemFields.All.Length; i++)
        {
            slots.Add(new LiquidSlot(SystemFields.All[i], list.Fields.Count + i));
        }

        return new LiquidSchema(slots, ["campaign"], ignoreCase: true);
    }

    private static LiquidSlotType TypeOf(FieldType type) => type switch
    {
        FieldType.Short or FieldType.Integer or FieldType.Long => LiquidSlotType.Integer,
        FieldType.Decimal or FieldType.Float => LiquidSlotType.Decimal,
        FieldType.Boolean => LiquidSlotType.Boolean,
        _ => LiquidSlotType.String,
    };
}
