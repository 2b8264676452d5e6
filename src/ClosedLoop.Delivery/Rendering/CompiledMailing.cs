using System.Buffers;
using System.Text;
using ClosedLoop.Delivery.Content;
using ClosedLoop.Delivery.Products;
using ClosedLoop.Liquid;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>
/// Frozen content ready to render: templates parsed against the list's columns, campaign values folded in, links wrapped.
/// Immutable; one instance serves all recipients of all mailings with that content.
/// </summary>
internal sealed partial class CompiledMailing
{
    private readonly LiquidTemplate _subject;
    private readonly LiquidTemplate? _html;
    private readonly LiquidTemplate? _text;
    private readonly Lazy<MessageComposer> _composer;
    private readonly ProductDataSets? _products;

    /// <param name="content">The mailing.</param>
    /// <param name="tokens">Writes the tracked links.</param>
    /// <param name="trackingBase">Where they lead.</param>
    /// <param name="readFile">Octets of a file by its hash; not needed to check or render.</param>
    /// <param name="products">Product data by client and version; not needed for a mailing that asks for none.</param>
    public CompiledMailing(
        FrozenMailing content, TrackingTokenCodec tokens, Uri trackingBase, Func<string, byte[]>? readFile = null, ProductDataSets? products = null)
    {
        Content = content;
        _products = products;
        Sender = new MailingSender(content);
        References = ReferencedFields.Of(content);
        ReturnPathDomain = content.Sender.WireReturnPathDomain;
        var images = content.EmbedImages ? content.Source.Images : new Dictionary<string, FrozenFile>(StringComparer.Ordinal);
        _composer = new Lazy<MessageComposer>(() => new MessageComposer(new MessageComposerOptions
        {
            From = Sender.Fixed.From,
            ReplyTo = Sender.IsFixed ? Sender.Fixed.ReplyTo : null,
            Attachments =
            [
                .. EmbeddedImages.Encode(images.Values, readFile!),
                .. content.Attachments.Select(file => MailAttachment.File(file.Name, file.MediaType, readFile!(file.Sha256))),
            ],

            // Who may be written to was decided when the file was taken in.
            AllowUtf8Addresses = true,
            Charset = content.Source.Charset,
        }));
        var source = content.Source;
        Columns = content.List.Fields.Count;
        var options = MailingTemplates.Options(content);
        HasPixel = source.TrackOpens && source.Html is not null;
        _subject = Parse(source.Subject, source.Subject, options(MailingTemplates.Subject));
        _smsFrom = source.Sms?.From is { } from ? Parse(from, from, options(SmsFromPart)) : null;
        if (source.Html is not null)
        {
            var markup = new LinkMarkup(source.Dialect);
            var inserted = ContentInsertion.Html(EmbeddedImages.Insert(source.Html, images), content.Content);
            if (content.Products is not null) inserted = ProductMarkup.Wrap(inserted);
            var html = source.TrackClicks ? markup.Html(inserted, source.HtmlLinks) : inserted;
            if (HasPixel) html = PixelBlock.Insert(html);
            _html = Parse(html, source.Html, options(MailingTemplates.Html) with
            {
                Tags = new Dictionary<string, LiquidBlockHandler>(StringComparer.Ordinal)
                {
                    [LinkBlock.Tag] = new LinkBlock(tokens, Prefix(trackingBase, "c"), markup.Names, html: true),
                    [PixelBlock.Tag] = new PixelBlock(tokens, Prefix(trackingBase, "o")),
                    [ProductBlock.Tag] = new ProductBlock(),
                },
            });
        }

        if (source.Text is not null)
        {
            var markup = new LinkMarkup(source.Dialect);
            var inserted = ContentInsertion.Text(source.Text, content.Content);
            _text = Parse(source.TrackClicks ? markup.Text(inserted, source.TextLinks) : inserted, source.Text, options(MailingTemplates.Text) with
            {
                Tags = new Dictionary<string, LiquidBlockHandler>(StringComparer.Ordinal)
                {
                    [LinkBlock.Tag] = new LinkBlock(tokens, Prefix(trackingBase, "c"), markup.Names, html: false),
                },
            });
        }

        Push = PushOf(content, options, tokens, trackingBase);
    }

    public FrozenMailing Content { get; }

    /// <summary>Columns of the list; system fields follow.</summary>
    public int Columns { get; }

    public bool HasPixel { get; }

    /// <summary>Whether a picture goes with every mail.</summary>
    public bool Embeds(string contentId) => Content.EmbedImages && Content.Source.Images.Values.Any(image => EmbeddedImages.ContentId(image.Sha256) == contentId);

    /// <summary>Writes the messages; what they have in common is encoded once, at the first of them.</summary>
    public MessageComposer Composer => _composer.Value;

    /// <summary>Who the mail comes from, and whose DKIM key signs.</summary>
    public MailingSender Sender { get; }

    /// <summary>Columns that hold addresses of content; null where there are none.</summary>
    public ReferencedFields? References { get; }

    /// <summary>Domain of the envelope sender, the Message-ID and what else names a single message.</summary>
    public string ReturnPathDomain { get; }

    /// <summary>The product data this content was frozen with; null when it uses none. Asked for each time, because others may have taken its place in memory.</summary>
    public ProductData? Products => Content.Products is { } frozen ? _products?.Get(Content.Source.ClientId, frozen.Version) : null;

    /// <summary>
    /// Renders all parts. HTML comes before text: link ordinals are given in that order, and must be the same whenever the
    /// message is rendered again.
    /// </summary>
    public void Render(LiquidRow row, MessageState state, IBufferWriter<byte> subject, IBufferWriter<byte> html, IBufferWriter<byte> text)
    {
        state.Ordinal = 0;
        state.Products = Content.Products is null ? null : state.Products ?? new ProductRun();
        state.Products?.Start(Products);
        _subject.Render(subject, row, state);
        var referenced = row as ReferencedRow;
        referenced?.IsHtml = true;
        _html?.Render(html, row, state);
        referenced?.IsHtml = false;
        _text?.Render(text, row, state);
    }

    private LiquidTemplate Parse(string source, string original, LiquidParseOptions options)
    {
        try
        {
            return LiquidTemplate.Parse(source, options).Bind(MailingTemplates.Frozen(Content));
        }
        catch (LiquidParseException) when (source != original)
        {
            // Says where the fault stands in what its author wrote; parsing what tracking made of it told another column.
            _ = LiquidTemplate.Parse(original, options);
            throw;
        }
    }

    private static byte[] Prefix(Uri trackingBase, string path) =>
        Encoding.ASCII.GetBytes($"{trackingBase.AbsoluteUri.TrimEnd('/')}/{path}/");
}
