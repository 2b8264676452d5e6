namespace ClosedLoop.Intake.Subscribers;

/// <summary>What a scan of the buffer for one record came to.</summary>
internal enum ScanResult
{
    Complete,
    NeedMore,
    Blank,
    LoneCr,
    OpenQuote,
    QuoteInBareField,
    TextAfterQuote,
    RecordTooLong,
    FileTooLong,
}
