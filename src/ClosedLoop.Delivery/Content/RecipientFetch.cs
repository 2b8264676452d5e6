using ClosedLoop.Data.Content;
using ClosedLoop.Delivery.Content.Codes;
using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Mail;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Content;

/// <summary>Fetches for one run what the columns of its recipients point to (closed-loop spec section 10).</summary>
internal sealed class RecipientFetch(ContentFetcher fetcher, ContentFetchOptions options, ContentSettings settings, ReferencedFields references, RunCache cache, CancellationToken end)
{
    private readonly HostList _hosts = new(references.Hosts ?? settings.AllowedHosts);

    /// <summary>Never throws for what a server or a column does: that is what <see cref="RecipientContent.Fault"/> says.</summary>
    public async Task<RecipientContent> LoadAsync(ReadOnlyMemory<byte> fields)
    {
        var row = new RecipientRow(references.List.Fields.Count);
        row.Load(fields);
        var asked = (references.Fields[0].Column, Url: "");
        var content = new RecipientContent();
        try
        {
            var wanted = new List<(ReferencedField Field, string Url, Task<RunItem>? Item)>();
            foreach (var field in references.Fields)
            {
                asked = (field.Column, field.AddressIn(row));
                foreach (var url in UrlsOf(field, references.Placeholders.Resolve(asked.Url, row.Text)))
                {
                    asked = (field.Column, url);
                    wanted.Add((field, url, field.Kind == FieldContent.RefImage && !references.EmbedImages ? null : Start(field.Kind, url)));
                }

                if (field.Kind != FieldContent.RefAttachment) content.Set(field.Column, "", "");
            }

            await ((Task)Task.WhenAll(wanted.Select(each => each.Item).OfType<Task>())).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var (field, url, item) in wanted)
            {
                asked = (field.Column, url);
                await PutAsync(content, field, url, item).ConfigureAwait(false);
            }

            return content;
        }
        catch (ContentException e)
        {
            return new RecipientContent { Fault = e.About(references.NameOf(asked.Column)), FaultUrl = asked.Url };
        }
        catch (MailFormatException e)
        {
            return new RecipientContent { Fault = new ContentException(ContentFault.ContentRefused, e.Message, "a file that can be attached", e), FaultUrl = asked.Url };
        }
    }

    private async Task PutAsync(RecipientContent content, ReferencedField field, string url, Task<RunItem>? item)
    {
        if (item is null)
        {
            content.Set(field.Column, url, url);
            return;
        }

        var found = await item.ConfigureAwait(false);
        switch (field.Kind)
        {
            case FieldContent.RefText or FieldContent.RefLink:
                var text = found.Text!;
                content.Set(field.Column, text.Html ?? text.Text, text.Text);
                content.Stored.Add(new StoredContent(
                    field.Column, text.Url, text.Sha256, !string.IsNullOrWhiteSpace(text.Html ?? text.Text), !string.IsNullOrWhiteSpace(text.Text), field.Kind == FieldContent.RefLink ? text.Text : null));
                break;
            case FieldContent.RefImage:
                content.Attach(found.File!);
                content.Set(field.Column, "cid:" + found.File!.ContentId, url);
                break;
            default:
                var number = references.StaticAttachments + content.Files.Count(each => !each.IsInline) + 1;
                content.Attach(found.File ?? AttachmentFile.Encode(AttachmentFile.Of(found.Unnamed!, wanted: null, number)));
                AttachmentFile.CheckTogether(number, references.StaticAttachmentBytes + content.Files.Where(each => !each.IsInline).Sum(each => (long)each.Size), settings);
                break;
        }
    }

    private Task<RunItem> Start(FieldContent kind, string url)
    {
        var address = ContentAddress.Parse(url);
        fetcher.Admit(address, _hosts);
        return cache.GetAsync(kind, address.Uri.AbsoluteUri, () => LoadAsync(kind, address));
    }

    private async Task<RunItem> LoadAsync(FieldContent kind, ContentAddress address)
    {
        var isOrder = references.Hosts is not null;
        var (types, most) = kind switch
        {
            FieldContent.RefText => (ContentReading.TextTypes, isOrder ? CodedContents.MaxBytes : options.MaxTextBytes),
            FieldContent.RefLink => (ContentReading.TextTypes, ContentReading.MaxLinkBytes),
            FieldContent.RefImage => (AttachmentTypes.PictureTypes, settings.MaxImageBytes),
            _ => (AttachmentTypes.MediaTypes, settings.MaxAttachmentBytes),
        };
        var request = new ContentRequest(address, _hosts, types, most) { Timeout = isOrder ? CodedContents.Timeout : null, SecureOnly = isOrder };
        var fetched = await fetcher.FetchAsync(request, end).ConfigureAwait(false);
        return kind switch
        {
            FieldContent.RefText => new RunItem { Text = ContentReading.Read(fetched, ContentKind.Text) },
            FieldContent.RefLink => new RunItem { Text = ContentReading.Read(fetched, ContentKind.Link) },
            FieldContent.RefImage => new RunItem { File = Picture(fetched) },
            _ when AttachmentFile.HasName(fetched) => new RunItem { File = AttachmentFile.Encode(AttachmentFile.Of(fetched, wanted: null, number: 0)) },
            _ => new RunItem { Unnamed = fetched },
        };
    }

    private static string[] UrlsOf(ReferencedField field, string text)
    {
        if (field.Kind == FieldContent.RefAttachment) return text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return text.Length == 0 ? [] : [text];
    }

    private static MailAttachment Picture(FetchedContent fetched)
    {
        var hash = FileContents.HashOf(fetched.Body);
        return MailAttachment.Inline(hash[..8] + AttachmentTypes.EndingOf(fetched.MediaType), fetched.MediaType, fetched.Body, EmbeddedImages.ContentId(hash));
    }
}
