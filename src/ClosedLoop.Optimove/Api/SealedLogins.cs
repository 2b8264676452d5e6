using ClosedLoop.Data.Optimove;
using ClosedLoop.Optimove.Secrets;

namespace ClosedLoop.Optimove.Api;

/// <summary>Keeps the login of one client's connector, sealed.</summary>
internal sealed class SealedLogins(long clientId, ConnectorStore store, SecretBox box) : ILoginStore
{
    public string? Load(string fingerprint)
    {
        if (store.Find(clientId)?.Session is not { } session) return null;
        try
        {
            // A login belongs to user, password and address: after a change of one of them it is nobody's.
            var kept = box.Unseal(session);
            return kept.StartsWith(fingerprint + " ", StringComparison.Ordinal) ? kept[(fingerprint.Length + 1)..] : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    public Task KeepAsync(string fingerprint, string token) => store.LoggedInAsync(clientId, box.Seal(fingerprint + " " + token));
}
