using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Data.Optimove;

/// <summary>A customer of a campaign, judged: about to be written down once.</summary>
public sealed record PlannedCustomer
{
    public required string Customer { get; init; }

    public required int TemplateId { get; init; }

    public required SendState State { get; init; }

    /// <summary>Microseconds; when the message is due.</summary>
    public required long DueAt { get; init; }

    /// <summary>Of planned ones: the source mailing and its version.</summary>
    public (long Id, int Version, string Name) Source { get; init; }

    public MessageChannel Channel { get; init; }

    /// <summary>Where to: of a push every device, all of which together stand for the customer.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Columns as <see cref="Model.Recipients.RecipientFields"/> writes them.</summary>
    public byte[] Fields { get; init; } = [];
}
