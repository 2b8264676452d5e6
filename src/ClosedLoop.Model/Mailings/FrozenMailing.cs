using System.Text.Json.Serialization;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;

namespace ClosedLoop.Model.Mailings;

/// <summary>
/// Everything a copy needs to be rendered again byte for byte: stored by content hash when the source mailing is
/// copied, never changed afterwards (closed-loop spec section 7, "copy freezes").
/// </summary>
public sealed record FrozenMailing
{
    /// <summary>
    /// How templates are read. A message rendered again must come out as it was sent, so what is frozen keeps its format. 1: every output of
    /// the HTML part is escaped as text. 2: by its place.
    /// </summary>
    public int Format { get; init; } = 1;

    public required SourceMailing Source { get; init; }

    public required SenderSettings Sender { get; init; }

    public required ListDefinition List { get; init; }

    /// <summary>What <see cref="SourceMailing.Content"/> referred to, by name.</summary>
    public IReadOnlyDictionary<string, FrozenContent> Content { get; init; } = new SortedDictionary<string, FrozenContent>(StringComparer.Ordinal);

    /// <summary>Whether pictures travel with the mail.</summary>
    public bool EmbedImages { get; init; }

    /// <summary>Files that go with every mail, in order.</summary>
    public IReadOnlyList<FrozenFile> Attachments { get; init; } = [];

    /// <summary>The product data in use; null for a mailing that asks for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FrozenProducts? Products { get; init; }

    /// <summary>What is fetched for each recipient of an order; null for all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FrozenFetching? Fetching { get; init; }

    /// <summary>A content as it is frozen today, but for what has to be fetched.</summary>
    public static FrozenMailing Of(SourceMailing source, ClientDefinition client)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(client);
        return Of(source, client.Sender, client.List) with
        {
            EmbedImages = source.EmbedImages ?? client.Content.EmbedImages,
            Attachments = [.. source.Attachments.Select(attachment => attachment.File).OfType<FrozenFile>()],
        };
    }

    /// <summary>A content without attachments, embedded pictures and product data.</summary>
    public static FrozenMailing Of(SourceMailing source, SenderSettings sender, ListDefinition list) => new() { Format = 2, Source = source, Sender = sender, List = list };
}
