using System.Data.Common;

namespace ClosedLoop.Data.Channels;

/// <summary>One attempt to send an SMS of which no answer is known.</summary>
/// <param name="ClientId">Whose it is.</param>
/// <param name="MailingId">Its mailing.</param>
/// <param name="Sequence">The recipient's position in it.</param>
/// <param name="Resends">How often the mailing had been opened again.</param>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Reference">As <see cref="MessageReferences.Of"/> says.</param>
/// <param name="ShortReference">As <see cref="MessageReferences.Short"/> says.</param>
/// <param name="Recorded">Stamp of the doubt, under which ids of the provider are kept.</param>
internal sealed record Doubt(long ClientId, long MailingId, int Sequence, int Resends, int Attempt, string Reference, string ShortReference, long Recorded)
{
    /// <summary>What <see cref="Read"/> reads.</summary>
    public const string Columns = "client_id, mailing_id, sequence, resends, attempt, reference, short_reference, recorded";

    public static Doubt Read(DbDataReader reader) => new(
        reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetString(5), reader.GetString(6), reader.GetInt64(7));
}
