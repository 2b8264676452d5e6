using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Operations;

/// <summary>What states are called on screens, the same everywhere.</summary>
internal static class Wording
{
    public static string State(MailingState state) => state switch
    {
        MailingState.Importing => "importing",
        MailingState.Prepared => "prepared",
        MailingState.Queued => "queued",
        MailingState.Sending => "sending",
        MailingState.Paused => "paused",
        MailingState.Finished => "finished",
        _ => "cancelled",
    };

    public static string State(FileState state) => state switch
    {
        FileState.Claimed => "being read",
        FileState.Validated => "checked",
        FileState.Imported => "imported",
        FileState.Copied => "copied",
        FileState.Started => "started",
        FileState.Archived => "done",
        FileState.FailedImport => "refused",
        FileState.FailedStart => "not started",
        FileState.Discarded => "discarded",
        FileState.AwaitingApproval => "waits for approval",
        _ => "replaced",
    };

    public static string State(RecipientState state) => state switch
    {
        RecipientState.Waiting => "waiting",
        RecipientState.Sending => "being sent",
        RecipientState.Sent => "sent",
        RecipientState.Failed => "failed",
        RecipientState.Suppressed => "suppressed",
        RecipientState.Unknown => "in doubt",
        _ => "cancelled",
    };

    public static string Category(ResponseCategory category) => category switch
    {
        ResponseCategory.Unknown => "reply of a person",
        ResponseCategory.Bounce => "soft bounce",
        ResponseCategory.TemporaryBounce => "temporary failure",
        ResponseCategory.FatalBounce => "hard bounce",
        _ => "automatic reply",
    };

    /// <summary>Tone of a badge; the word beside it says the same.</summary>
    public static string Tone(MailingState state) => state switch
    {
        MailingState.Sending => "busy",
        MailingState.Paused => "warn",
        MailingState.Finished => "good",
        MailingState.Cancelled => "dim",
        _ => "wait",
    };

    /// <inheritdoc cref="Tone(MailingState)"/>
    public static string Tone(FileState state) => state switch
    {
        FileState.FailedImport or FileState.FailedStart => "bad",
        FileState.Archived => "good",
        FileState.AwaitingApproval => "warn",
        FileState.Discarded or FileState.Replaced => "dim",
        _ => "busy",
    };

    /// <inheritdoc cref="Tone(MailingState)"/>
    public static string Tone(RecipientState state) => state switch
    {
        RecipientState.Sent => "good",
        RecipientState.Failed => "bad",
        RecipientState.Unknown => "warn",
        RecipientState.Sending => "busy",
        RecipientState.Waiting => "wait",
        _ => "dim",
    };
}
