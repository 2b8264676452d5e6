using ClosedLoop.Data.Bulk;

namespace ClosedLoop.Operations.Bulk;

/// <summary>How jobs read on screens.</summary>
internal static class BulkWording
{
    public static string State(BulkState state) => state switch { BulkState.Running => "running", BulkState.Finished => "finished", _ => "stopped" };

    public static string Tone(BulkState state) => state switch { BulkState.Running => "busy", BulkState.Finished => "good", _ => "warn" };

    public static string Outcome(BulkOutcome outcome) => outcome switch
    {
        BulkOutcome.Waiting => "waiting",
        BulkOutcome.Begun => "not known",
        BulkOutcome.Changed => "done",
        BulkOutcome.Unchanged => "nothing to do",
        _ => "refused",
    };

    public static string Tone(BulkOutcome outcome) => outcome switch { BulkOutcome.Changed => "good", BulkOutcome.Refused => "bad", BulkOutcome.Begun => "warn", _ => "dim" };
}
