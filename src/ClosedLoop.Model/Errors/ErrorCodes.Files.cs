namespace ClosedLoop.Model.Errors;

/// <summary>Codes E1xx: the file as such and its grammar (closed-loop spec sections 3, 4 and 16.3).</summary>
public static partial class ErrorCodes
{
    public static readonly ErrorCode E101 = new(
        "E101", ErrorEffect.Information, "bad file name",
        "The name ends like a recipient file, but its first 14 digits are no date-time YYYYMMDDHHMMSS. Rename the file; it was left in place.");

    public static readonly ErrorCode E102 = new(
        "E102", ErrorEffect.File, "read error",
        "The disk or the transfer failed while the file was read. Check the volume, then retry.");

    public static readonly ErrorCode E103 = new(
        "E103", ErrorEffect.File, "already processed",
        "A file of this name or with this content was processed in the last 30 days. Send new data under a new name, or retry to send it again on purpose.");

    public static readonly ErrorCode E104 = new(
        "E104", ErrorEffect.File, "too large",
        "The file, a record or the number of groups is above its limit. Split the file, look for a quote that is never closed, or raise the limit in the client definition.");

    public static readonly ErrorCode E105 = new(
        "E105", ErrorEffect.File, "empty file",
        "The file has no record. The sender had nothing to write, or the upload broke off at its start.");

    public static readonly ErrorCode E106 = new(
        "E106", ErrorEffect.File, "not valid UTF-8",
        "The sender writes another charset. Let it write UTF-8, or name its charset in the client's dialect.");

    public static readonly ErrorCode E108 = new(
        "E108", ErrorEffect.File, "wrong line break",
        "Lines end with LF. A lone CR comes from an old export format; CRLF is refused when the client's dialect says so. Write line breaks inside a value within quotes.");

    public static readonly ErrorCode E109 = new(
        "E109", ErrorEffect.File, "quote not closed",
        "The file ends inside a quoted field: the upload is incomplete, or a quote inside a value was not doubled.");

    public static readonly ErrorCode E110 = new(
        "E110", ErrorEffect.File, "stray quote",
        "A quote stands inside an unquoted field, or text follows a closing quote. Put the value in quotes and double every quote inside it.");

    public static readonly ErrorCode E111 = new(
        "E111", ErrorEffect.File, "wrong number of columns",
        "A record must have exactly the columns of the list definition. A separator is missing, or one inside a value is not quoted; an empty line counts as a record of one column.");

    public static readonly ErrorCode E112 = new(
        "E112", ErrorEffect.File, "control character",
        "Only tab, LF and CR may occur. Binary data, or UTF-16 text, was written into the file.");

    public static readonly ErrorCode E113 = new(
        "E113", ErrorEffect.File, "header line",
        "The first record repeats the column names. Recipient files have no header: remove the line.");

    public static readonly ErrorCode E199 = new(
        "E199", ErrorEffect.Information, "further errors not listed",
        "Only the first 1000 errors are listed. Correct these and check the file again.");
}
