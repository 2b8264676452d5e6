using ClosedLoop.Data.Mailings;

namespace ClosedLoop.Data.Notices;

/// <summary>The first lines of every notice about a mailing: which one it is.</summary>
public static class MailingHeading
{
    /// <summary>Lines with a line feed between them, none at the end.</summary>
    public static string Of(MailingRow mailing)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        return FormattableString.Invariant(
            $"""
            mailing: {mailing.MailingId}
            name: {mailing.Name}
            client: {mailing.ClientId}
            source: {mailing.SourceId}
            wave: {mailing.WaveId}
            """);
    }
}
