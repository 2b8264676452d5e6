namespace ClosedLoop.Responses.Export;

/// <summary>One of the eight files: its key in <c>export.names</c> and its columns (closed-loop spec section 17).</summary>
/// <param name="Key">Name of the table.</param>
/// <param name="Columns">Headings in order.</param>
/// <param name="NamesRecipient">Whether extra recipient fields follow (section 16.4).</param>
internal sealed record ExportTable(string Key, IReadOnlyList<string> Columns, bool NamesRecipient = true)
{
    public static ExportTable Mailings { get; } =
        new("mailings", ["id", "compoundMasterId", "mailingGroupId", "mailing.recipientLists", "started", "finished"], NamesRecipient: false);

    public static ExportTable MailingRecipients { get; } =
        new("mailingrecipients", ["id", "mailingId", "mailingGroupId", "userId", "created", "sendingStatus", "deliveryStatus", "response.category"]);

    public static ExportTable Links { get; } =
        new("links", ["id", "mailingId", "mailingToUserId", "mailingGroupId", "name", "url"], NamesRecipient: false);

    public static ExportTable Clicks { get; } = new("clicks",
        ["linkId", "mailingId", "mailingToUserId", "mailingGroupId", "userId", "created", "click.browser", "click.platform", "click.device"]);

    public static ExportTable Opens { get; } = new("opens",
        ["linkId", "mailingId", "mailingToUserId", "mailingGroupId", "userId", "created", "open.browser", "open.platform", "open.device"]);

    public static ExportTable AutomatedOpens { get; } =
        new("automated_opens", ["mailingId", "mailingToUserId", "mailingGroupId", "userId", "created", "open.browser", "open.platform"]);

    public static ExportTable Unsubscribes { get; } =
        new("unsubscribes", ["mailingId", "mailingToUserId", "mailingGroupId", "userId", "created"]);

    public static ExportTable Responses { get; } =
        new("responses", ["mailingId", "mailingToUserId", "mailingGroupId", "userId", "created", "category"]);

    /// <summary>In the order in which the files appear: the last one tells a consumer that the run is complete.</summary>
    public static IReadOnlyList<ExportTable> All { get; } =
        [Mailings, MailingRecipients, Links, Clicks, Opens, AutomatedOpens, Unsubscribes, Responses];
}
