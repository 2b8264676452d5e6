using ClosedLoop.Data.Mailings;

namespace ClosedLoop.Operations.Reading;

/// <summary>A message whose story is wanted.</summary>
/// <param name="Mailing">Its mailing.</param>
/// <param name="Sequence">Its position.</param>
/// <param name="ClientKey">Key of the client.</param>
/// <param name="Standing">What the client may do with the address.</param>
internal sealed record MessagePlace(MailingRow Mailing, int Sequence, string ClientKey, Standing Standing);
