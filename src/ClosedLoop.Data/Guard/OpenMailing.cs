namespace ClosedLoop.Data.Guard;

/// <summary>A mailing that would mail somebody when it goes on.</summary>
/// <param name="MailingId">The mailing.</param>
/// <param name="ClientId">Whose.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">Its state, as stored.</param>
/// <param name="Waiting">Recipients that would be mailed.</param>
/// <param name="Claimed">Recipients in doubt, or mailed again, by the client's policy.</param>
public sealed record OpenMailing(long MailingId, long ClientId, string Name, int State, long Waiting, long Claimed);
