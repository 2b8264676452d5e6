namespace ClosedLoop.Model.Errors;

/// <summary>Codes W: noted, nothing fails (closed-loop spec section 16.3).</summary>
public static partial class ErrorCodes
{
    public static readonly ErrorCode W151 = new(
        "W151", ErrorEffect.Information, "stale temporary file",
        "A temporary file has not changed for a long time: an upload broke off. Upload it again and remove the rest.");

    public static readonly ErrorCode W152 = new(
        "W152", ErrorEffect.Information, "byte order mark dropped",
        "The file starts with a UTF-8 byte order mark, as Windows programs write it. It is ignored.");

    public static readonly ErrorCode W153 = new(
        "W153", ErrorEffect.Information, "CRLF line ends accepted",
        "Lines end with CRLF instead of LF. Nothing is lost; LF is the agreed form.");

    public static readonly ErrorCode W154 = new(
        "W154", ErrorEffect.Information, "wave used before",
        "An earlier file used this wave number for the same source mailing. It is sent again.");

    public static readonly ErrorCode W155 = new(
        "W155", ErrorEffect.Information, "guard rail crossed",
        "The file differs from the one before by more than is agreed, or reaches more people than one person may decide about. Nobody is mailed before it is approved.");

    public static readonly ErrorCode W203 = new(
        "W203", ErrorEffect.Information, "duplicate recipient in group, first record kept",
        "The same address occurs twice for one mailing; it gets one mail, from the first record.");

    public static readonly ErrorCode W207 = new(
        "W207", ErrorEffect.Record, "address on the blocklist",
        "The address is blocked and was not imported. Remove it at its source, or from the blocklist.");

    public static readonly ErrorCode W208 = new(
        "W208", ErrorEffect.Record, "address unsubscribed",
        "The person has unsubscribed and gets no mail. Remove the address at its source.");

    public static readonly ErrorCode W209 = new(
        "W209", ErrorEffect.Record, "bounce limit reached",
        "Too many mails to this address bounced. Correct the address, or reset its counter.");

    public static readonly ErrorCode W210 = new(
        "W210", ErrorEffect.Record, "person erased",
        "The person asked to be erased and is not taken in again. Remove the address at its source.");

    public static readonly ErrorCode W308 = new(
        "W308", ErrorEffect.Group, "group without valid recipient",
        "No record of this mailing and wave could be used; the group gets no mailing, the others go on.");

    public static readonly ErrorCode W402 = new(
        "W402", ErrorEffect.Information, "unknown placeholder",
        "The template names something that is no field of the list; it renders as nothing.");

    public static readonly ErrorCode W403 = new(
        "W403", ErrorEffect.Information, "product id or product file problem",
        "A product id was trimmed or occurs twice, a product file has unknown headings, or a record of it was skipped.");

    public static readonly ErrorCode W407 = new(
        "W407", ErrorEffect.Information, "start time past",
        "The fixed start time has passed; the mailing starts at once.");
}
