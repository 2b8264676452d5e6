using System.Globalization;
using System.Net;
using System.Text;
using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Content.Codes;

/// <summary>
/// Writes a message anew with what was fetched in place of its codes. What was fetched cannot speak the language of codes: in HTML its marks become entities,
/// elsewhere a text that holds some is put in as a value, which nobody reads again.
/// </summary>
internal sealed class CodedMessage(FrozenMailing content, IReadOnlyList<string> hosts, IReadOnlyDictionary<(string Url, bool IsFile), FetchedContent> fetched)
{
    private readonly Dictionary<string, string> _notes = new(content.Source.Notes, StringComparer.Ordinal);
    private readonly List<FetchingSlot> _slots = [];
    private readonly SortedDictionary<string, FrozenFile> _images = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FrozenContent> _texts = new(StringComparer.Ordinal);

    public CodedMailing Write()
    {
        var source = content.Source;
        var isMail = source.Channel == MessageChannel.Mail;
        var written = source with
        {
            Html = source.Html is { } html ? Write(html, html: true, asValue: false) : null,
            Text = source.Text is { } text ? Write(text, html: false, asValue: !isMail) : null,
            Push = source.Push is { } push
                ? push with { Apns = push.Apns is { } apns ? Write(apns, html: false, asValue: true) : null, Fcm = push.Fcm is { } fcm ? Write(fcm, html: false, asValue: true) : null }
                : null,
        };
        var whole = written with { Notes = _notes, Images = _images };
        var frozen = content with
        {
            Source = whole,
            EmbedImages = content.EmbedImages || _images.Count > 0 || _slots.Any(slot => slot.Kind == FieldContent.RefImage),
            Fetching = _slots.Count == 0 ? null : new FrozenFetching { Hosts = hosts, Slots = _slots },
        };
        return new CodedMailing(frozen, [.. _files.Values]);
    }

    private string Write(string text, bool html, bool asValue)
    {
        var output = new StringBuilder(text.Length + 1024);
        var copied = 0;
        foreach (var code in FetchingCodes.Find(text))
        {
            var url = FetchingCodes.WithNotes(code.Url, content.Source.Notes);
            output.Append(text, copied, code.At - copied);
            copied = code.At + code.Length;
            var inText = !html || ContentInsertion.StandsInText(text, code.At);
            if (FetchingCodes.IsPersonal(url)) output.Append(Slot(url, code.IsFile ? FieldContent.RefImage : inText ? FieldContent.RefText : FieldContent.RefLink));
            else if (code.IsFile) output.Append(Picture(url, html));
            else if (!inText) output.Append(Value(TextOf(url).Text.Trim()));
            else output.Append(html ? FetchingCodes.Quiet(TextOf(url).Html!) : Plain(TextOf(url).Text.TrimEnd(), asValue));
        }

        return output.Append(text, copied, text.Length - copied).ToString();
    }

    private string Plain(string text, bool asValue) => asValue || FetchingCodes.LooksLikeCode(text) ? Value(text) : text;

    private FrozenContent TextOf(string url)
    {
        if (!_texts.TryGetValue(url, out var found)) _texts.Add(url, found = ContentReading.Read(fetched[(url, false)], ContentKind.Text));
        return found;
    }

    /// <summary>The address of the picture: where it stands in <c>src</c> the mail has the picture itself, everywhere else it leads to it.</summary>
    private string Picture(string url, bool html)
    {
        var shown = html ? WebUtility.HtmlEncode(url) : url;
        if (!html || _images.ContainsKey(shown)) return shown;
        var picture = CodedContents.Picture(fetched[(url, true)]);
        _images.Add(shown, picture);
        _files[picture.Sha256] = fetched[(url, true)].Body;
        return shown;
    }

    /// <summary>Names what is fetched for each recipient.</summary>
    private string Slot(string url, FieldContent kind)
    {
        var slot = _slots.Find(other => other.Url == url && other.Kind == kind);
        if (slot is null) _slots.Add(slot = new FetchingSlot(string.Create(CultureInfo.InvariantCulture, $"content:{_slots.Count + 1}"), kind, url));
        return $"${{{slot.Name}}}$";
    }

    /// <summary>Names a value that is the same for all.</summary>
    private string Value(string text)
    {
        var number = _notes.Count + 1;
        while (_notes.ContainsKey(Label(number))) number++;
        _notes.Add(Label(number), text);
        return $"<{{{Label(number)}}}>";

        static string Label(int number) => string.Create(CultureInfo.InvariantCulture, $"content:{number}");
    }
}
