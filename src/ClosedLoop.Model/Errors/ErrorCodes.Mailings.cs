namespace ClosedLoop.Model.Errors;

/// <summary>Codes E3xx to E5xx: source mailing, copy, start, export (closed-loop spec sections 7 and 16.3).</summary>
public static partial class ErrorCodes
{
    public static readonly ErrorCode E301 = new(
        "E301", ErrorEffect.File, "mailing id malformed",
        "The second column names the source mailing: digits only, no leading zero. Columns may be shifted.");

    public static readonly ErrorCode E302 = new(
        "E302", ErrorEffect.File, "mailing id unknown",
        "No source mailing has this id. Check the id, or create the source mailing first.");

    public static readonly ErrorCode E303 = new(
        "E303", ErrorEffect.File, "source mailing not usable",
        "Only regular mailings made in the editor can be copied. Use another source mailing.");

    public static readonly ErrorCode E304 = new(
        "E304", ErrorEffect.File, "source mailing has the wrong status",
        "Only a source mailing that is new or waits for activation can be copied. Use one that was never activated.");

    public static readonly ErrorCode E305 = new(
        "E305", ErrorEffect.File, "source mailing of another client",
        "This folder may not use the source mailing. Check the id, or upload into the other client's folder.");

    public static readonly ErrorCode E306 = new(
        "E306", ErrorEffect.File, "source mailing uses another list",
        "The source mailing's list must be the master list of this file. Assign the master list to it.");

    public static readonly ErrorCode E308 = new(
        "E308", ErrorEffect.File, "no valid recipient",
        "Every record of the file was skipped. The record errors above say why.");

    public static readonly ErrorCode E401 = new(
        "E401", ErrorEffect.Group, "copy failed",
        "The source mailing could not be copied. Retry; recipients and finished copies are kept.");

    public static readonly ErrorCode E402 = new(
        "E402", ErrorEffect.Group, "template error",
        "The source mailing's template cannot be rendered. Correct the template, then retry.");

    public static readonly ErrorCode E403 = new(
        "E403", ErrorEffect.Group, "product data error",
        "The product file is missing or broken; the previous catalogue stays in force. Send a correct product file.");

    public static readonly ErrorCode E404 = new(
        "E404", ErrorEffect.Group, "common content missing",
        "Content that all recipients share could not be fetched. Check the address and the server, then retry.");

    public static readonly ErrorCode E405 = new(
        "E405", ErrorEffect.Group, "start failed",
        "The mailing could not be handed to dispatch. Retry; recipients and copies are kept.");

    public static readonly ErrorCode E406 = new(
        "E406", ErrorEffect.Group, "relay unavailable",
        "The mail relay does not answer. Check host, port and credentials, then retry.");

    public static readonly ErrorCode E501 = new(
        "E501", ErrorEffect.File, "export failed",
        "The response files of this run were not published; the previous files are untouched. The run is repeated with the same period.");
}
