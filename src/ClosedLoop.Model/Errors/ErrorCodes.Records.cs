namespace ClosedLoop.Model.Errors;

/// <summary>Codes E2xx: one record (closed-loop spec sections 4 and 16.3).</summary>
public static partial class ErrorCodes
{
    public static readonly ErrorCode E201 = new(
        "E201", ErrorEffect.Record, "address missing",
        "The address is the recipient's id, so the record cannot be used. Fill it or leave the record out.");

    public static readonly ErrorCode E202 = new(
        "E202", ErrorEffect.Record, "address malformed",
        "The address breaks the rules of RFC 5321. Correct it at its source; it would bounce.");

    public static readonly ErrorCode E204 = new(
        "E204", ErrorEffect.Record, "value too long",
        "The value has more characters than the list field allows. Shorten it or agree on a longer field; nothing is cut silently.");

    public static readonly ErrorCode E205 = new(
        "E205", ErrorEffect.Record, "value not of the field type",
        "The value cannot be read as the type the list definition names. Check the column order and the format.");

    public static readonly ErrorCode E206 = new(
        "E206", ErrorEffect.Record, "required value missing or not allowed",
        "The list definition requires this field, or the address is not on the test list. Fill it or leave the record out.");
}
