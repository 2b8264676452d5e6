namespace ClosedLoop.Model.Errors;

/// <summary>Codes L, R and X of the log file (closed-loop spec section 16.2).</summary>
public static partial class ErrorCodes
{
    public static readonly ErrorCode L600 = new(
        "L600", ErrorEffect.Information, "file claimed",
        "The file was moved out of the drop folder and registered.");

    public static readonly ErrorCode L601 = new(
        "L601", ErrorEffect.Information, "import summary",
        "How many records were read, imported and skipped.");

    public static readonly ErrorCode L602 = new(
        "L602", ErrorEffect.Information, "copy created",
        "The source mailing was copied for a group.");

    public static readonly ErrorCode L603 = new(
        "L603", ErrorEffect.Information, "dispatch started",
        "A copy was handed to dispatch.");

    public static readonly ErrorCode L604 = new(
        "L604", ErrorEffect.Information, "content failure",
        "Content of one recipient could not be fetched.");

    public static readonly ErrorCode L605 = new(
        "L605", ErrorEffect.Information, "dispatch finished",
        "Every recipient of the mailing has an outcome.");

    public static readonly ErrorCode L606 = new(
        "L606", ErrorEffect.Information, "unknown outcome",
        "The process died, or the reply was lost, while a message was handed over. It is not repeated by itself. Of an SMS, a report of the provider ends the doubt (docs/channels.md).");

    public static readonly ErrorCode R701 = new(
        "R701", ErrorEffect.Information, "resend",
        "A mailing was sent again to recipients without a mail.");

    public static readonly ErrorCode X801 = new(
        "X801", ErrorEffect.Information, "export run",
        "A set of response files was published.");
}
